import { rejectionOf } from "@kysely-lucia/conformance";
import { ConfigurationError } from "@kysely-lucia/core";
import { expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { createPool, options } from "./support/app.js";

test.each([
  // It has the name of the last index.
  ["sequence", "auth_key_expires_index", ""],
  ["type", "auth_user", " as enum ('a')"],
])("a migration that finds a name taken by a %s leaves nothing behind", async (kind, name, as) => {
  const pool = await createPool();
  await pool.query(`create ${kind} ${name}${as}`);
  const { migrate } = kyselyLucia({ ...options, pool });
  const error = await rejectionOf(migrate());
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toMatch(
    new RegExp(`as a name in it is taken: .*"${name}" already exists.*Nothing was changed`),
  );
  const tables = await pool.query("select from pg_tables where schemaname = 'public'");
  expect(tables.rowCount).toBe(0);
  await pool.query(`drop ${kind} ${name}`);
  await migrate();
});
