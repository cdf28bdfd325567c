import { expect, onTestFinished, test } from "vitest";
import { provisionSqlite } from "../src/provision/sqlite.js";
import { d19 } from "../src/scenarios/d19.js";
import { byHandSqlite } from "../src/wirings/by-hand-sqlite.js";

test("D19 without the plugin, the adapter over the app's own Kysely works", async () => {
  const { location, remove } = await provisionSqlite();
  onTestFinished(remove);
  const wiring = await byHandSqlite.open(location, {
    lucia: d19.lucia ?? {},
    pool: {},
    plugins: [],
  });
  onTestFinished(wiring.close);

  const { userId } = await wiring.auth.createUser({
    primaryKey: { providerId: "name", providerUserId: "ada", password: "correct horse" },
    attributes: {},
  });
  const signIn = (password: string) => wiring.auth.useKey("name", "ada", password);
  expect((await signIn("correct horse")).userId).toBe(userId);
  await expect(signIn("wrong horse")).rejects.toThrow("AUTH_INVALID_PASSWORD");

  const { sessionId } = await wiring.auth.createSession(userId);
  expect((await wiring.auth.validateSession(sessionId)).userId).toBe(userId);
  await wiring.sql("UPDATE auth_session SET active_expires = 0, idle_expires = 0");
  await expect(wiring.auth.validateSession(sessionId)).rejects.toThrow("AUTH_INVALID_SESSION_ID");
});
