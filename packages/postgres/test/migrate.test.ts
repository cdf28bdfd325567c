import { rejectionOf } from "@kysely-lucia/conformance";
import { expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { createPool, options } from "./support/app.js";

test("a migration that fails halfway leaves nothing behind", async () => {
  const pool = await createPool();
  // Has the name of the last index.
  await pool.query("create sequence auth_key_expires_index");
  const { migrate } = kyselyLucia({ ...options, pool });
  expect(await rejectionOf(migrate())).toMatchObject({ code: "42P07" });
  const tables = await pool.query("select from pg_tables where schemaname = 'public'");
  expect(tables.rowCount).toBe(0);
  await pool.query("drop sequence auth_key_expires_index");
  await migrate();
});
