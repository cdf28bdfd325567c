import { rejectionOf } from "@kysely-lucia/conformance";
import { mysql2 } from "@lucia-auth/adapter-mysql";
import { createPool } from "mysql2";
import { createPool as createPromisePool } from "mysql2/promise";
import { expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options } from "./support/app.js";
import { createDatabase } from "./support/database.js";

const primaryKey = { providerId: "email", providerUserId: "ada", password: "secret" };

test.each([
  ["mysql2", createPool],
  ["mysql2/promise", createPromisePool],
])("the official adapter signs up, in and out on a pool of %s", async (_, create) => {
  const { url, drop } = await createDatabase();
  const pool = create({ uri: url });
  const { auth, db, transaction, migrate, close } = kyselyLucia({
    ...options,
    pool,
    adapter: mysql2,
  });
  // The adapter keeps the connection of each sign-up with a key, so that ending the pool is what ends them.
  onTestFinished(async () => {
    await close();
    await drop();
  });
  await migrate();

  const user = await auth.createUser({ primaryKey, attributes: { username: "ada" } });
  expect(await db.selectFrom("auth_user").selectAll().execute()).toEqual([
    { id: user.userId, username: "ada" },
  ]);
  const key = await auth.useKey("email", "ada", "secret");
  const { sessionId } = await auth.createSession(key.userId);
  expect(await auth.validateSessionUser(sessionId)).toMatchObject({ user });
  const refused = rejectionOf(auth.useKey("email", "ada", "wrong"));
  expect(String(await refused)).toBe("Error: AUTH_INVALID_PASSWORD");
  await auth.invalidateSession(sessionId);
  expect(String(await rejectionOf(auth.validateSession(sessionId)))).toMatch("INVALID_SESSION_ID");

  const scope = await transaction(async (given) => Object.keys(given));
  expect(scope).toEqual(["db", "attempt"]);
  await auth.deleteUser(user.userId);
  expect(await db.selectFrom("auth_user").selectAll().execute()).toEqual([]);
});
