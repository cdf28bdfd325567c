import { expect, test } from "vitest";
import { compile } from "./support/compile.js";

const app = (database: string) => `
  import SQLite from "better-sqlite3";
  import { type AuthDatabase, kyselyLucia, schema } from "@kysely-lucia/sqlite";
  ${database}
  export const { auth } = kyselyLucia({
    database: new SQLite(":memory:"),
    schema: schema<Database>(),
    lucia: { env: "DEV" },
  });
`;

const good = app("interface Database extends AuthDatabase<{ username: string }> {}");
/** Shows that declarations are checked at all. */
const broken = "declare const broken: NotThere;";
const brokenError = "Cannot find name 'NotThere'.";

const errors = compile({
  "good.ts": good,
  "without-key.ts": app(`type Database = Omit<AuthDatabase, "auth_key">;`),
  "date.ts": app(`
    interface Database extends Omit<AuthDatabase, "auth_session"> {
      auth_session: { id: string; user_id: string; active_expires: Date; idle_expires: number };
    }`),
  "without-hash.ts": app(`
    interface Database extends Omit<AuthDatabase, "auth_key"> {
      auth_key: Omit<AuthDatabase["auth_key"], "hashed_password">;
    }`),
  "broken.d.ts": broken,
});

test("a database with the auth tables compiles", () => {
  expect(errors.in("good.ts")).toEqual([]);
});

test.each([
  ["without auth_key", "without-key.ts", /Property 'auth_key' is missing/],
  [
    "with active_expires as a Date",
    "date.ts",
    /active_expires[\s\S]*Type 'Date' is not assignable to type 'number \| bigint'/,
  ],
  ["without a column of a key", "without-hash.ts", /Property 'hashed_password' is missing/],
])("a database %s does not compile, and the message names what is wrong", (_title, file, said) => {
  expect(errors.in(file).join("\n")).toMatch(said);
});

test("no error comes from our declarations, checked with skipLibCheck off", () => {
  expect(errors.inDeclarations).toEqual([brokenError]);
});

test("no error comes from our declarations beside the global Lucia namespace", () => {
  const namespace = `
    declare namespace Lucia {
      type Auth = typeof import("./good.js").auth;
      type UserAttributes = { username: string };
    }`;
  const { in: inFile, inDeclarations } = compile({
    "good.ts": good,
    "lucia.d.ts": `${namespace}\n${broken}`,
  });
  expect(inFile("good.ts")).toEqual([]);
  expect(inDeclarations).toEqual([brokenError]);
});
