import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { expect, test } from "vitest";
import { ConfigurationError, kyselyLucia, schema } from "../src/index.js";
import { type Database, notesApp, temporaryFolder } from "./support/notes-app.js";

/** Builds with whatever a caller in JavaScript may pass. */
function build(options: object) {
  const defaults = { schema: schema<Database>(), lucia: { env: "DEV" } };
  return kyselyLucia({ database: new SQLite(":memory:"), ...defaults, ...options } as never);
}

const method = () => {};
const like = { open: true, inTransaction: false, prepare: method, pragma: method, close: method };

const { inTransaction: _, ...withoutTransactions } = like;

function refusal(options: object): string {
  try {
    build(options);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error("It was not refused.");
}

test.each([
  ["nothing", undefined, "`database` is undefined"],
  ["null", null, "`database` is null"],
  ["a path", "app.db", "`database` is a string of 6 characters"],
  ["the class", SQLite, "`database` is the function Database"],
  ["a promise", Promise.resolve(), "`database` is an instance of Promise"],
  ["an object of another library", { prepare() {}, exec() {} }, "`database` is an object"],
  ["a list", [], "`database` is an array"],
  ["what cannot be asked", { ...like, prepare: undefined }, "`database` is an object"],
  ["what has no settings", { ...like, pragma: undefined }, "`database` is an object"],
  ["what cannot be closed", { ...like, close: undefined }, "`database` is an object"],
  ["what opens by a method", { ...like, open: method }, "`database` is an object"],
  ["what has no transactions", withoutTransactions, "`database` is an object"],
  ["a number", 7, "`database` is the number 7"],
  ["an object of no class", Object.create(null), "`database` is an object"],
  ["an object of a class without a name", { constructor: {} }, "`database` is an object"],
  ["a function without a name", () => {}, "`database` is the function (anonymous)"],
])(
  "%s in place of a database is refused, and the message says how to fix it",
  (_title, database, said) => {
    const message = refusal({ database });
    expect(message).toContain(said);
    expect(message).toContain('database: new SQLite("app.db")');
  },
);

test.each([
  [{ user: "a" }, /does not have all of: user, session, key/],
  [{ user: "a", session: "b", key: "a" }, /one name for two tables: a, b, a/],
  [{ user: "a", session: "A", key: "b" }, /one name for two tables: a, A, b/],
  [{ user: "a", session: "b", key: "main.c" }, /`tables.key` is "main.c".*without a dot/],
  [{ user: "", session: "b", key: "c" }, /`tables.user` is ""/],
  [{ user: "a", session: "b", key: 7 }, /`tables.key` is the number 7/],
  [{ user: "a", session: "b", key: "c", keys: "d" }, /no option `tables.keys`/],
  [{ user: "a", session: "b".repeat(37), key: "c" }, /`tables.session` has 37 characters.*36/],
  ["a", /`tables` is a string/],
])("names of tables that cannot work are refused: %j", (tables, said) => {
  expect(refusal({ tables })).toMatch(said);
});

test("a schema is refused where there are none", () => {
  expect(refusal({ databaseSchema: "auth" })).toMatch(/no option `databaseSchema`/);
});

test("a misspelt option of Lucia's is told those that can be given", () => {
  const message = refusal({ lucia: { env: "DEV", sessionExpiry: {} } });
  expect(message).toMatch(/no option `lucia.sessionExpiry`.*autoDatabaseCleanup/);
  expect(message).not.toContain("adapter");
});

test.each([
  [{ activePeriod: "86400000" }, /activePeriod` is a string of 8 characters.*milliseconds/],
  [{ activePeriod: 1000, idlePeriod: Number.NaN }, /idlePeriod` is the number NaN/],
  [{ idlePeriod: Number.POSITIVE_INFINITY }, /idlePeriod` is the number Infinity/],
])("a period of sessions that is no number is refused: %j", (sessionExpiresIn, said) => {
  expect(refusal({ lucia: { env: "DEV", sessionExpiresIn } })).toMatch(said);
});

test("a closed database is refused", () => {
  const database = new SQLite(":memory:");
  database.close();
  expect(refusal({ database })).toMatch(/is a database that is closed.*open better-sqlite3/);
});

test("a database that was opened read-only is refused", () => {
  const path = join(temporaryFolder(), "app.db");
  new SQLite(path).exec("create table note (id integer)").close();
  const database = new SQLite(path, { readonly: true });
  expect(refusal({ database })).toMatch(/reading only.*without `readonly: true`/);
});

test("a file that is not SQLite is refused and stays as it is", () => {
  const path = join(temporaryFolder(), "letter.txt");
  const letter = "Dear reader, this is not a database, and it has to stay what it is.\n".repeat(40);
  writeFileSync(path, letter);
  const database = new SQLite(path);
  expect(refusal({ database })).toMatch(/letter\.txt is not an SQLite database.*Check its path/);
  database.close();
  expect(readFileSync(path, "utf8")).toBe(letter);
});

test("a database with foreign keys switched off is refused", () => {
  const database = new SQLite(":memory:");
  database.pragma("foreign_keys = OFF");
  expect(refusal({ database })).toMatch(/Foreign keys are switched off.*foreign_keys = ON/);
});

test("a database that another process holds locked is not refused: the first query says so", async () => {
  const path = join(temporaryFolder(), "app.db");
  const holder = new SQLite(path);
  holder.pragma("locking_mode = EXCLUSIVE");
  holder.exec("create table held (id integer)");
  const database = new SQLite(path, { timeout: 1 });
  const { migrate } = build({ database });
  await expect(migrate({ lockTimeout: 0 })).rejects.toMatchObject({
    cause: { code: "SQLITE_BUSY" },
  });
  holder.close();
  await migrate();
});

test.each([
  ["no schema", { schema: undefined }, /`schema` is undefined.*schema<Database>\(\)/],
  ["no Lucia options", { lucia: undefined }, /`lucia` is undefined.*env: "DEV"/],
  [
    "an env that Lucia does not know",
    { lucia: { env: "production" } },
    /`lucia.env` is "production".*"PROD"/,
  ],
  ["no env", { lucia: {} }, /`lucia.env` is undefined/],
  [
    "an adapter of Lucia's",
    { lucia: { env: "DEV", adapter: () => {} } },
    /`lucia.adapter`.*Leave it out/,
  ],
  ["a dialect of Kysely's", { kysely: { dialect: {} } }, /`kysely.dialect`.*Leave it out/],
  [
    "an option that does not exist",
    { databse: 1 },
    /no option `databse`.*: database, schema, lucia/,
  ],
  ["a name that every object has", { constructor: 1 }, /no option `constructor`/],
  [
    "an option of another version of Lucia",
    { lucia: { env: "DEV", getUserAttributes: () => {} } },
    /no option `lucia.getUserAttributes`.*transformDatabaseUser/,
  ],
  ["null in place of Lucia's options", { lucia: null }, /`lucia` is null.*env: "DEV"/],
  ["a list in place of Lucia's options", { lucia: [] }, /`lucia` is an array/],
  ["an adapter that was called already", { adapter: {} }, /`adapter` is an object.*not called/],
  [
    "user columns that are not a function",
    { userColumns: "username" },
    /`userColumns` is a string of 8/,
  ],
  [
    "two answers for the sessions",
    { adapter: () => {}, sessions: () => {} },
    /Both `adapter` and `sessions`/,
  ],
])("%s is refused at once", (_title, options, said) => {
  expect(refusal(options)).toMatch(said);
});

test("what was refused has written nothing", () => {
  const database = new SQLite(":memory:");
  refusal({ database, lucia: {} });
  expect(database.prepare("select count(*) as n from sqlite_master").get()).toEqual({ n: 0 });
});

test("without its tables, the first call says that migrate() is missing, and keeps the driver's error", async () => {
  const { auth } = build({});
  const call = auth.getUser("nobody");
  await expect(call).rejects.toThrow(ConfigurationError);
  await expect(call).rejects.toThrow(/no such table: auth_user.*migrate\(\)/);
  await expect(call).rejects.toMatchObject({ cause: { code: "SQLITE_ERROR" } });
});

test("a table that lacks a column is named as such, by calls and by migrate()", async () => {
  const database = new SQLite(":memory:");
  database.exec("create table auth_user (id text primary key)");
  database.exec("create table auth_session (id text primary key, user_id text)");
  const { auth, migrate } = build({ database });
  await expect(auth.createSession("ada")).rejects.toThrow(/(active|idle)_expires.*migrate\(\)/);
  await expect(migrate()).rejects.toThrow(
    /auth_session.active_expires is missing.*auth_session.idle_expires is missing/s,
  );
  expect(database.prepare("select name from sqlite_master where name = 'auth_key'").all()).toEqual(
    [],
  );
});

test.each([
  ["none at all", undefined, /options are undefined.*\{ database, … \}/],
  ["null", null, /options are null.*\{ database, … \}/],
  ["the database alone", "app.db", /options are a string of 6 characters.*\{ database, … \}/],
])("options that are no object are refused: %s", (_title, options, said) => {
  expect(() => kyselyLucia(options as never)).toThrow(said);
  expect(() => kyselyLucia(options as never)).toThrow(ConfigurationError);
});

test("a call after close is refused", async () => {
  const { auth, close, migrate } = build({});
  await migrate();
  await close();
  await expect(auth.getUser("ada")).rejects.toThrow(
    "The database was closed: `close()` has been called",
  );
});

test.each([
  ["no middleware", {}],
  ["Express itself in its place", { middleware: () => ({}) }],
])("handleRequest with %s is refused rather than taken for signed out", (_title, options) => {
  const { auth } = build({ lucia: { env: "DEV", ...options } });
  expect(() => auth.handleRequest({ headers: {} } as never)).toThrow(/middleware: express\(\)/);
});

test("foreign keys that are switched off are noticed with big integers too", () => {
  const database = new SQLite(":memory:").defaultSafeIntegers();
  database.pragma("foreign_keys = OFF");
  expect(refusal({ database })).toMatch(/Foreign keys are switched off/);
});

test("a session whose end is not a number has ended", async () => {
  const { auth, database } = await notesApp();
  const user = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  const { sessionId } = await auth.createSession(user.userId);
  database.exec("update auth_session set idle_expires = datetime('now', '-1 day')");
  await expect(auth.validateSession(sessionId)).rejects.toThrow("AUTH_INVALID_SESSION_ID");
});

test("all that Lucia can be told passes", () => {
  const { auth } = build({
    lucia: {
      env: "PROD",
      csrfProtection: false,
      origin: ["https://app.example"],
      sessionCookie: { sameSite: "strict" },
      sessionExpiresIn: { activePeriod: 1000, idlePeriod: 1000 },
      autoDatabaseCleanup: false,
      generateCustomUserId: () => "1",
      transformDatabaseUser: () => ({}),
      experimental: {},
    },
  });
  expect(auth.createSessionCookie(null).serialize()).toMatch(/Secure.*SameSite=Strict/i);
});

test("a misspelt way to store session ids is refused", () => {
  expect(refusal({ sessionIds: "hash" })).toMatch(
    /`sessionIds` is "hash".*plain, hashed, migrating/,
  );
});

test("a table's name may be as long as its indexes allow", () => {
  const tables = { user: "a".repeat(36), session: "b".repeat(36), key: "c".repeat(36) };
  expect(() => build({ tables })).not.toThrow();
});

test("an official adapter, which knows no other tables, is refused with tables of other names", () => {
  const tables = { user: "a", session: "b", key: "c" };
  expect(refusal({ adapter: () => {}, tables })).toMatch(/`adapter` was given with `tables`/);
});

test("a database that cannot be closed yet can be closed later", async () => {
  const database = new SQLite(":memory:");
  const { close } = build({ database });
  const rows = database.prepare("select 1 union select 2").iterate();
  rows.next();
  await expect(close()).rejects.toThrow(/busy/);
  rows.return?.();
  await close();
  expect(database.open).toBe(false);
});
