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

const GOOD = "interface Database extends AuthDatabase<{ username: string }> {}";

/** Only what concerns the app's file: lucia-auth 1.8 has errors in declarations of its own. */
function messages(database: string): string {
  return compile(app(database))
    .filter(({ file }) => file.endsWith("virtual-app.ts"))
    .map(({ message }) => message)
    .join("\n");
}

test("a database with the auth tables compiles", () => {
  expect(messages(GOOD)).toBe("");
});

test("a database without auth_key does not compile, and the message names the table", () => {
  expect(messages(`type Database = Omit<AuthDatabase, "auth_key">;`)).toMatch(
    /Property 'auth_key' is missing/,
  );
});

test("a database with active_expires as a Date does not compile, and the message names the column", () => {
  const database = `
    interface Database extends Omit<AuthDatabase, "auth_session"> {
      auth_session: { id: string; user_id: string; active_expires: Date; idle_expires: number };
    }`;
  expect(messages(database)).toMatch(/active_expires[\s\S]*Type 'Date' is not assignable/);
});

test("a database without a column of a key does not compile, and the message names the column", () => {
  const database = `
    interface Database extends Omit<AuthDatabase, "auth_key"> {
      auth_key: Omit<AuthDatabase["auth_key"], "hashed_password">;
    }`;
  expect(messages(database)).toMatch(/'hashed_password' is missing/);
});

test.each([
  ["without the global Lucia namespace", ""],
  [
    "with the global Lucia namespace",
    `declare namespace Lucia {
      type Auth = typeof import("./virtual-app.js").auth;
      type UserAttributes = { username: string };
    }`,
  ],
])("no error comes from our declarations %s, checked with skipLibCheck off", (_title, ambient) => {
  const broken = "declare const broken: NotThere;";
  const diagnostics = compile(app(GOOD), `${ambient}\n${broken}`).filter(
    ({ file }) => !file.includes("/node_modules/"),
  );
  // The broken declaration is found, which shows that declarations are checked at all.
  expect(diagnostics.map(({ message }) => message)).toEqual(["Cannot find name 'NotThere'."]);
});
