import { rejectionOf } from "@kysely-lucia/conformance";
import type { RowDataPacket } from "mysql2";
import { createPool } from "mysql2/promise";
import { describe, expect, onTestFinished, test } from "vitest";
import { hashSessionId, idType, kyselyLucia, type SessionIds } from "../src/index.js";
import { options, startApp } from "./support/app.js";
import { createDatabase } from "./support/database.js";

/** Tables as Lucia 1.x documents them for MySQL, in whatever collation the database has. */
const DOCUMENTED = [
  "create table auth_user (id varchar(15) not null primary key, username varchar(255) not null unique)",
  `create table auth_key (id varchar(255) not null primary key, user_id varchar(15) not null,
     primary_key tinyint unsigned not null, hashed_password varchar(255), expires bigint unsigned,
     foreign key (user_id) references auth_user(id))`,
  `create table auth_session (id varchar(127) not null primary key, user_id varchar(15) not null,
     active_expires bigint unsigned not null, idle_expires bigint unsigned not null,
     foreign key (user_id) references auth_user(id))`,
];

interface Settings {
  readonly charset?: string;
  readonly sqlMode?: string;
  readonly generateCustomUserId?: () => string;
  readonly sessionIds?: SessionIds;
}

async function startOnDocumentedTables(settings: Settings) {
  const { charset = "utf8mb4", sqlMode, generateCustomUserId, sessionIds = "plain" } = settings;
  const { url, drop } = await createDatabase();
  const pool = createPool({ uri: url, connectionLimit: 1 });
  const lucia = { ...options.lucia, ...(generateCustomUserId && { generateCustomUserId }) };
  const app = kyselyLucia({ ...options, lucia, pool, sessionIds });
  onTestFinished(async () => {
    await app.close();
    await drop();
  });
  if (sqlMode !== undefined) await pool.query("set sql_mode = ?", [sqlMode]);
  await pool.query(`alter database character set ${charset}`);
  for (const sql of DOCUMENTED) await pool.query(sql);
  const rows = async (table: string) =>
    (await pool.query<RowDataPacket[]>(`select * from ${table}`))[0].map((row) => ({ ...row }));
  return { ...app, pool, rows };
}

const CHARSETS = [
  "utf8mb4 collate utf8mb4_general_ci",
  "utf8mb4 collate utf8mb4_unicode_ci",
  "utf8mb4 collate utf8mb4_bin",
  "latin1 collate latin1_swedish_ci",
];

describe.each(CHARSETS)("D6: on tables that are there, in %s", (charset) => {
  const key = { providerId: "email", providerUserId: "AbC.josé", password: "secret" };
  const start = async () => {
    // In small letters, so that its form in capitals differs: one id of Lucia's in 3,500 is in capitals only.
    const generateCustomUserId = () => "ada-lovelace";
    const app = await startOnDocumentedTables({ charset, generateCustomUserId });
    const { userId } = await app.auth.createUser({
      primaryKey: key,
      attributes: { username: "josé" },
    });
    return { ...app, userId };
  };

  test("the key itself is found", async () => {
    const { auth, userId } = await start();
    expect(await auth.useKey("email", "AbC.josé", "secret")).toMatchObject({ userId });
    expect(await auth.getAllUserKeys(userId)).toHaveLength(1);
    await auth.updateKeyPassword("email", "AbC.josé", "another");
    expect(await auth.useKey("email", "AbC.josé", "another")).toMatchObject({ userId });
  });

  test.each(["abc.josé", "AbC.jose", "AbC.josé ", "ABC.JOSÉ"])(
    "its likeness %j neither signs in nor changes anything",
    async (name) => {
      const { auth, rows } = await start();
      const before = await rows("auth_key");
      const refusals = [
        auth.useKey("email", name, "secret"),
        auth.getKey("email", name),
        auth.updateKeyPassword("email", name, "mine"),
      ];
      for (const refusal of refusals) {
        expect(String(await rejectionOf(refusal))).toBe("Error: AUTH_INVALID_KEY_ID");
      }
      await auth.deleteKey("email", name);
      expect(await rows("auth_key")).toEqual(before);
    },
  );

  test("the likeness of a session or a user is nobody, and ends nothing", async () => {
    const { auth, userId, rows } = await start();
    const { sessionId } = await auth.createSession(userId);
    const upper = sessionId.toUpperCase();
    expect(upper).not.toBe(sessionId);
    for (const call of [auth.validateSession, auth.validateSessionUser, auth.getSession]) {
      expect(String(await rejectionOf(call(upper)))).toBe("Error: AUTH_INVALID_SESSION_ID");
    }
    await auth.invalidateSession(upper);
    await auth.invalidateAllUserSessions(userId.toUpperCase());
    expect(await rows("auth_session")).toHaveLength(1);
    expect(String(await rejectionOf(auth.getUser(`${userId} `)))).toBe(
      "Error: AUTH_INVALID_USER_ID",
    );
    expect(String(await rejectionOf(auth.createSession(userId.toUpperCase())))).toBe(
      "Error: AUTH_INVALID_USER_ID",
    );
    await auth.deleteUser(userId.toUpperCase());
    expect(await rows("auth_user")).toHaveLength(1);
  });
});

describe("a column whose character set lacks characters of an id", () => {
  const start = () => startOnDocumentedTables({ charset: "latin1", sqlMode: "" });
  const key = { providerId: "email", providerUserId: "日本", password: null };

  test("has nothing under it", async () => {
    const { auth, rows } = await start();
    const { userId } = await auth.createUser({
      primaryKey: { ...key, providerUserId: "??" },
      attributes: { username: "ada" },
    });
    expect(String(await rejectionOf(auth.useKey("email", "日本", null)))).toMatch("INVALID_KEY_ID");
    expect(String(await rejectionOf(auth.getUser("日本")))).toMatch("AUTH_INVALID_USER_ID");
    expect(String(await rejectionOf(auth.createSession("日本")))).toMatch("AUTH_INVALID_USER_ID");
    const renamed = auth.updateUserAttributes("日本", { username: "eve" });
    expect(String(await rejectionOf(renamed))).toMatch("AUTH_INVALID_USER_ID");
    expect(String(await rejectionOf(auth.validateSession("日本")))).toMatch("INVALID_SESSION_ID");
    await auth.deleteKey("email", "日本");
    expect(await auth.useKey("email", "??", null)).toMatchObject({ userId });
    expect(await rows("auth_key")).toHaveLength(1);
  });

  test("stores nothing under it", async () => {
    const { auth, rows } = await start();
    const signUp = auth.createUser({ primaryKey: key, attributes: { username: "ada" } });
    expect(String(await rejectionOf(signUp))).toMatch(/character set.*Nothing was stored/);
    const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
    const added = auth.createKey(userId, { type: "persistent", ...key });
    expect(String(await rejectionOf(added))).toMatch(/character set.*Nothing was stored/);
    expect(await rows("auth_key")).toEqual([]);
    expect(await rows("auth_user")).toHaveLength(1);
  });
});

describe("tables that migrate() creates", () => {
  test("have transactions, whatever the server's default engine is", async () => {
    const { url, drop } = await createDatabase();
    const pool = createPool(url);
    const app = kyselyLucia({ ...options, pool });
    onTestFinished(async () => {
      await app.close();
      await drop();
    });
    pool.on("connection", (connection) => {
      connection.query("set default_storage_engine = 'Aria'");
    });
    await app.migrate();
    const [engines] = await pool.query<RowDataPacket[]>(
      "select distinct engine as name from information_schema.tables where table_schema = database()",
    );
    expect(engines).toEqual([{ name: "InnoDB" }]);
  });

  test("can be referred to by a table of the app's own", async () => {
    const app = await startApp();
    const { userId } = await app.auth.createUser({
      primaryKey: null,
      attributes: { username: "ada" },
    });
    await app.db.schema
      .createTable("letter")
      .addColumn("user_id", await idType(app.db), (column) => column.notNull())
      .addForeignKeyConstraint("letter_user_id", ["user_id"], "auth_user", ["id"])
      .execute();
    const letters = app.db.withTables<{ letter: { user_id: string } }>();
    await letters.insertInto("letter").values({ user_id: userId }).execute();
    const toNobody = letters.insertInto("letter").values({ user_id: "nobody" }).execute();
    expect(await rejectionOf(toNobody)).toMatchObject({ errno: 1452 });
  });

  test("keep ids apart that differ by case, accents or a space at the end", async () => {
    const { auth, db } = await startApp();
    const names = ["ada", "Ada", "adá", "ada ", "ADA"];
    for (const [index, providerUserId] of names.entries()) {
      await auth.createUser({
        primaryKey: { providerId: "email", providerUserId, password: null },
        attributes: { username: `user ${index}` },
      });
    }
    const users = new Set<string>();
    for (const name of names) users.add((await auth.useKey("email", name, null)).userId);
    expect(users.size).toBe(names.length);
    expect(await db.selectFrom("auth_key").select("id").execute()).toHaveLength(names.length);
  });
});

describe("D22: what does not fit", () => {
  const long = "x".repeat(300);

  test.each(["", "STRICT_ALL_TABLES"])("is never cut, with sql_mode %j", async (sqlMode) => {
    const { auth, rows } = await startOnDocumentedTables({ sqlMode });
    const key = { providerId: "email", providerUserId: long, password: null };
    const signUp = auth.createUser({ primaryKey: key, attributes: { username: "ada" } });
    expect(String(await rejectionOf(signUp))).toMatch(/TypeError.*at most 255.*Nothing was stored/);
    expect(await rows("auth_user")).toEqual([]);
    const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
    const added = auth.createKey(userId, { type: "persistent", ...key });
    expect(String(await rejectionOf(added))).toMatch(/TypeError.*at most 255.*Nothing was stored/);
    expect(await rows("auth_key")).toEqual([]);
    expect(String(await rejectionOf(auth.getKey("email", long)))).toMatch("AUTH_INVALID_KEY_ID");
  });

  test("a key that the column cuts without an error stores nothing", async () => {
    const { auth, pool, rows } = await startOnDocumentedTables({ sqlMode: "" });
    await pool.query("alter table auth_key modify id varchar(20) not null");
    const key = { providerId: "email", providerUserId: "somebody@example.com", password: null };
    const signUp = auth.createUser({ primaryKey: key, attributes: { username: "ada" } });
    expect(String(await rejectionOf(signUp))).toMatch(/auth_key is too short.*Nothing was stored/);
    const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
    const added = auth.createKey(userId, { type: "persistent", ...key });
    expect(String(await rejectionOf(added))).toMatch(/auth_key is too short.*Nothing was stored/);
    expect(await rows("auth_key")).toEqual([]);
  });

  test("a user's id that the column of its sessions or keys cuts signs nobody in as somebody else", async () => {
    const { auth, pool, rows } = await startOnDocumentedTables({ sqlMode: "" });
    for (const table of ["auth_session", "auth_key"]) {
      await pool.query(
        `alter table ${table} drop foreign key ${table}_ibfk_1, modify user_id varchar(6) not null`,
      );
    }
    await pool.query(
      "insert into auth_user (id, username) values ('user-1', 'ada'), ('user-12', 'bob')",
    );
    const cut = /too short.*Nothing was stored/;
    expect(String(await rejectionOf(auth.createSession("user-12")))).toMatch(cut);
    const key = { providerId: "email", providerUserId: "bob", password: null } as const;
    const added = auth.createKey("user-12", { type: "persistent", ...key });
    expect(String(await rejectionOf(added))).toMatch(cut);
    const signUp = auth.createUser({ primaryKey: key, attributes: { username: "eve" } });
    expect(String(await rejectionOf(signUp))).toMatch(cut);
    expect(await rows("auth_session")).toEqual([]);
    expect(await rows("auth_key")).toEqual([]);
    expect(await auth.createSession("user-1")).toMatchObject({ userId: "user-1" });
  });

  test("a hashed session id that the column cuts without an error stores nothing, and signs nobody in", async () => {
    const app = await startOnDocumentedTables({ sqlMode: "", sessionIds: "migrating" });
    const { auth, hashStoredSessions, pool, rows } = app;
    await pool.query("alter table auth_session modify id varchar(40) not null");
    const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
    const cut = /auth_session is too short.*Nothing was stored/;
    expect(String(await rejectionOf(auth.createSession(userId)))).toMatch(cut);
    expect(await rows("auth_session")).toEqual([]);
    const plain = "x".repeat(40);
    const far = Date.now() + 1_000_000;
    const insert = "insert into auth_session values (?, ?, ?, ?)";
    await pool.query(insert, [plain, userId, far, far]);
    expect(String(await rejectionOf(hashStoredSessions()))).toMatch(cut);
    expect(await auth.validateSession(plain)).toMatchObject({ userId });
    const stored = hashSessionId(plain).slice(0, 40);
    await pool.query(insert, [stored, userId, far, far]);
    expect(String(await rejectionOf(auth.validateSession(stored)))).toMatch(
      "AUTH_INVALID_SESSION_ID",
    );
    expect(String(await rejectionOf(auth.validateSessionUser(stored)))).toMatch(
      "AUTH_INVALID_SESSION_ID",
    );
  });

  test.each([null, { providerId: "email", providerUserId: "ada", password: null }])(
    "a user id that the column cuts without an error stores nothing: key %j",
    async (primaryKey) => {
      const { auth, rows } = await startOnDocumentedTables({
        sqlMode: "",
        generateCustomUserId: () => "an id of more than 15 characters",
      });
      const signUp = auth.createUser({ primaryKey, attributes: { username: "ada" } });
      expect(String(await rejectionOf(signUp))).toMatch(/too short for it.*Nothing was stored/);
      expect(await rows("auth_user")).toEqual([]);
      expect(await rows("auth_key")).toEqual([]);
    },
  );
});
