import { rejectionOf } from "@kysely-lucia/conformance";
import { sql } from "kysely";
import { createPool } from "mysql2";
import { expect, onTestFinished, test } from "vitest";
import { ConfigurationError, kyselyLucia } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";

test("a connection on which a value could become a part of the query is refused by name", async () => {
  const { url, ...migrated } = await startApp();
  await signUp(migrated, "ada");
  const pool = createPool({ uri: url });
  pool.on("connection", (connection) => {
    connection.query("set sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES')");
  });
  const app = kyselyLucia({ ...options, pool });
  onTestFinished(app.close);
  // Quoted with a backslash, which is a character like any other then, this finds every key.
  const call = app.auth.getKey("email", "x' or 1=1 -- ");
  const error = await rejectionOf(call);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toMatch(/NO_BACKSLASH_ESCAPES.*Remove it from `sql_mode`/);
  const own = app.db.selectFrom("note").selectAll().where("body", "=", "x' or 1=1 -- ");
  expect(await rejectionOf(own.execute())).toBeInstanceOf(ConfigurationError);
});

test("nothing passes on a connection that is told to quote unsafely later", async () => {
  const app = await startApp({ connectionLimit: 1 });
  await signUp(app, "ada");
  await sql`set sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES')`.execute(app.db);
  const call = app.auth.getKey("email", "x' or 1=1 -- ");
  expect(String(await rejectionOf(call))).toBe("Error: AUTH_INVALID_KEY_ID");
  expect(await app.auth.useKey("email", "ada", "password of ada")).toMatchObject({ primary: true });
});

test("a connection without autocommit is refused by name", async () => {
  const { url } = await startApp();
  const pool = createPool({ uri: url });
  pool.on("connection", (connection) => {
    connection.query("set autocommit = 0");
  });
  const app = kyselyLucia({ ...options, pool });
  onTestFinished(app.close);
  const error = await rejectionOf(signUp(app, "ada"));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toMatch(/autocommit = 0/);
});

test("values are quoted, whatever is in them", async () => {
  const app = await startApp();
  const body = "x' or 1=1 -- \\' \" \0 \u001a \n `";
  await app.db.insertInto("note").values({ body }).execute();
  const notes = app.db.selectFrom("note").select("body").where("body", "=", body);
  expect(await notes.execute()).toEqual([{ body }]);
});
