import { atOnce } from "@kysely-lucia/conformance";
import { startPgbouncer } from "@kysely-lucia/services";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";

/** An app with one user, whose pool connects to PgBouncer in place of the server. */
async function startBehind(max: number) {
  const direct = await startApp({ max: 1 });
  await signUp(direct, "ada");
  const pooler = await startPgbouncer(direct.url);
  onTestFinished(() => pooler.stop());
  const pool = new pg.Pool({ connectionString: pooler.url, max });
  const app = kyselyLucia({ ...options, pool });
  onTestFinished(() => app.close());
  return { ...app, direct };
}

describe("behind PgBouncer in transaction mode", () => {
  test.each([1, 10])("no call fails, on a pool of %i", async (max) => {
    const { auth, direct, transaction } = await startBehind(max);
    const { userId } = await auth.useKey("email", "ada", "password of ada");
    const { errors } = await atOnce(60, async (index) => {
      const { sessionId } = await auth.createSession(userId);
      const { user } = await auth.validateSessionUser(sessionId);
      expect(user.userId).toBe(userId);
      if (index % 3 > 0) return;
      await transaction(async ({ db, auth }) => {
        await auth.invalidateSession(sessionId);
        await db
          .insertInto("note")
          .values({ body: `${index}` })
          .execute();
      });
    });
    expect(errors).toEqual([]);
    expect(await direct.auth.getAllUserSessions(userId)).toHaveLength(40);
    expect(await direct.notes()).toHaveLength(20);
  });
});
