import { describe, expect, test } from "vitest";
import { compile } from "./support/compile.js";

/** How an app makes the pool, and what the driver makes of the two types that drivers disagree on. */
const dialects = [
  {
    name: "sqlite",
    imports: `import SQLite from "better-sqlite3";`,
    pool: `database: new SQLite(":memory:")`,
    integer: "number",
    boolean: "number",
  },
  {
    name: "postgres",
    imports: `import pg from "pg";`,
    pool: "pool: new pg.Pool()",
    integer: "string",
    boolean: "boolean",
  },
  {
    name: "mysql",
    imports: `import { createPool } from "mysql2";`,
    pool: `pool: createPool("mysql://localhost")`,
    integer: "number",
    boolean: "number",
  },
];

type Dialect = (typeof dialects)[number];

/** An app with this `Database`. */
const app = ({ name, imports, pool }: Dialect, database: string, names = "", options = "") => `
  ${imports}
  import { type AuthDatabase, kyselyLucia, schema } from "@kysely-lucia/${name}";
  ${database}
  export const { auth, db } = kyselyLucia({
    ${pool},
    schema: schema<Database${names}>(),
    lucia: { env: "DEV" },${options}
  });
`;

const good = (dialect: Dialect) =>
  app(dialect, "interface Database extends AuthDatabase<{ username: string }> {}");

/** Whose `userColumns` adds these. */
const withColumns = (dialect: Dialect, columns: string) =>
  app(
    dialect,
    "interface Database extends AuthDatabase<{ username: string; age: number | null }> {}",
    "",
    `\n    userColumns: (table) => table${columns},`,
  );

/** One file for each way to get it right or wrong. */
function filesOf(dialect: Dialect): Record<string, string> {
  const { integer, boolean } = dialect;
  const tables =
    'const tables = { user: "member", session: "member_session", key: "member_key" } as const;';
  const renamed = `${tables}
    interface Database extends AuthDatabase<{ username: string }, object, typeof tables> {}`;
  return {
    good: good(dialect),
    promise: good(dialect).replace(`"mysql2"`, `"mysql2/promise"`),
    "declared by hand": app(
      dialect,
      `interface Database {
        auth_user: { id: string; username: string };
        auth_session: {
          id: string; user_id: string; active_expires: ${integer}; idle_expires: ${integer};
        };
        auth_key: {
          id: string; user_id: string; hashed_password: string | null;
          primary_key: ${boolean}; expires: ${integer} | null;
        };
      }`,
    ),
    renamed: `${app(dialect, renamed, ", typeof tables", " tables")}
      auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
      db.selectFrom("member").select("username");`,
    "without auth_key": app(dialect, `type Database = Omit<AuthDatabase, "auth_key">;`),
    "with active_expires as a Date": app(
      dialect,
      `interface Database extends Omit<AuthDatabase, "auth_session"> {
        auth_session: { id: string; user_id: string; active_expires: Date; idle_expires: number };
      }`,
    ),
    "without a column of a key": app(
      dialect,
      `interface Database extends Omit<AuthDatabase, "auth_key"> {
        auth_key: Omit<AuthDatabase["auth_key"], "hashed_password">;
      }`,
    ),
    "with its columns": withColumns(
      dialect,
      '.addColumn("username", "text").addColumn("age", "integer")',
    ),
    "without a column that it has": withColumns(dialect, '.addColumn("username", "text")'),
    "without the names that it has": app(dialect, renamed, ", typeof tables"),
    "without the tables that it names": app(
      dialect,
      `${tables} type Database = AuthDatabase;`,
      ", typeof tables",
      " tables",
    ),
  };
}

/** Shows that declarations are checked at all. */
const broken = "declare const broken: NotThere;";
const brokenError = "Cannot find name 'NotThere'.";

const named = (dialect: Dialect, file: string) => `${dialect.name} ${file}.ts`;
const errors = compile({
  ...Object.fromEntries(
    dialects.flatMap((dialect) =>
      Object.entries(filesOf(dialect)).map(([file, code]) => [named(dialect, file), code]),
    ),
  ),
  "broken.d.ts": broken,
});

describe.each(dialects)("$name: a database", (dialect) => {
  test.each(["good", "promise", "declared by hand", "renamed", "with its columns"])(
    "%s compiles",
    (file) => {
      expect(errors.in(named(dialect, file))).toEqual([]);
    },
  );

  test.each([
    ["without auth_key", /Property 'auth_key' is missing/],
    ["with active_expires as a Date", /active_expires[\s\S]*Type 'Date' is not assignable/],
    ["without a column of a key", /Property 'hashed_password' is missing/],
    ["without a column that it has", /age/],
    ["without the names that it has", /Property 'tables' is missing/],
    ["without the tables that it names", /missing[\s\S]*member/],
  ])("%s does not compile, and the message names what is wrong", (file, said) => {
    expect(errors.in(named(dialect, file)).join("\n")).toMatch(said);
  });
});

test("no error comes from our declarations, checked with skipLibCheck off", () => {
  expect(errors.inDeclarations).toEqual([brokenError]);
});

test("no error comes from our declarations beside the global Lucia namespace", () => {
  const namespace = `
    declare namespace Lucia {
      type Auth = typeof import("./sqlite good.js").auth;
      type UserAttributes = { username: string };
    }`;
  const beside = compile({
    ...Object.fromEntries(dialects.map((dialect) => [named(dialect, "good"), good(dialect)])),
    "lucia.d.ts": `${namespace}\n${broken}`,
  });
  for (const dialect of dialects) expect(beside.in(named(dialect, "good"))).toEqual([]);
  expect(beside.inDeclarations).toEqual([brokenError]);
});
