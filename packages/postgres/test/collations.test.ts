import { rejectionOf } from "@kysely-lucia/conformance";
import { expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { createPool, options } from "./support/app.js";

const INSENSITIVE =
  "create collation insensitive (provider = icu, locale = 'und-u-ks-level1', deterministic = false)";

test("ids are compared by bytes in columns whose collation is not deterministic", async () => {
  const pool = await createPool();
  await pool.query(INSENSITIVE);
  const id = "text collate insensitive";
  await pool.query(`
    create table auth_user (id ${id} primary key, username text not null unique);
    create table auth_session (id ${id} primary key, user_id ${id} not null,
      active_expires bigint not null, idle_expires bigint not null);
    create table auth_key (id ${id} primary key, user_id ${id} not null,
      primary_key boolean not null, hashed_password text, expires bigint);
  `);
  const { auth } = kyselyLucia({ ...options, pool });
  const primaryKey = { providerId: "email", providerUserId: "Ada", password: null };
  const user = await auth.createUser({ primaryKey, attributes: { username: "ada" } });
  expect(await auth.useKey("email", "Ada", null)).toMatchObject({ userId: user.userId });
  for (const likeness of ["ada", "ADA", "Adá"]) {
    const call = auth.useKey("email", likeness, null);
    expect(String(await rejectionOf(call))).toBe("Error: AUTH_INVALID_KEY_ID");
  }
  const { sessionId } = await auth.createSession(user.userId);
  const upper = rejectionOf(auth.validateSession(sessionId.toUpperCase()));
  expect(String(await upper)).toBe("Error: AUTH_INVALID_SESSION_ID");
});
