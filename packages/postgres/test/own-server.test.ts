import { rejectionOf } from "@kysely-lucia/conformance";
import { createPostgresDatabase, type Server, startPostgres } from "@kysely-lucia/services";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { classifyError, isUniqueViolation } from "../src/errors.js";
import { kyselyLucia } from "../src/index.js";
import { options } from "./support/app.js";
import { failing, TABLES } from "./support/real-errors.js";

// What is not to be done to a server that others use too, or depends on how it was started.

let server: Server;
let client: pg.Client;

beforeAll(async () => {
  server = await startPostgres({ language: "de" });
  const { url } = await createPostgresDatabase(server.url);
  client = new pg.Client(url);
  await client.connect();
  await client.query(TABLES);
});

afterAll(async () => {
  await client.end();
  await server.stop();
});

test.each([
  ["duplicate user id", "auth_user.id"],
  ["duplicate name", "auth_user.username"],
  ["duplicate name that contains PRIMARY", "auth_user.username"],
  ["duplicate key", "auth_key.id"],
  ["duplicate in two columns", "Odd.a, b"],
] as const)("%s is told by a server that speaks German", async (name, column) => {
  const error = await rejectionOf(client.query(failing[name]));
  expect(String(error)).toContain("doppelter Schlüsselwert");
  expect(isUniqueViolation(error, column)).toBe(true);
  expect(isUniqueViolation(error, "auth_user.email")).toBe(false);
});

test("a missing table is told too", async () => {
  const error = await rejectionOf(client.query(failing["missing table"]));
  expect(String(error)).toContain("existiert nicht");
  expect(classifyError(error)).toBe("undefined_object");
});

test("a wrong password is the driver's own error at the first call, without the password", async () => {
  const { rows } = await client.query<{ hba_file: string }>("show hba_file");
  const rules = "values ('host all somebody all scram-sha-256'), ('host all all all trust')";
  await client.query(`copy (${rules}) to '${rows[0]?.hba_file}'`);
  await client.query("select pg_reload_conf()");
  await client.query("create role somebody login password 'right'");

  const firstCall = async (password: string) => {
    const url = Object.assign(new URL(server.url), { username: "somebody", password });
    const app = kyselyLucia({ ...options, pool: new pg.Pool({ connectionString: url.href }) });
    try {
      return await rejectionOf(app.auth.getUser("ada"));
    } finally {
      await app.close();
    }
  };
  const error = await firstCall("a wrong one");
  expect(error).toMatchObject({ code: "28P01" });
  expect(String(error)).not.toContain("wrong");
  // With the right one the call comes as far as the missing table.
  expect(String(await firstCall("right"))).toContain("migrate()");
});
