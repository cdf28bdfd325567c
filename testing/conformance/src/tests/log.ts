import { setImmediate as nextTurn } from "node:timers/promises";
import type { LogEvent } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Context, hashOf } from "../context.js";
import { rejectionOf } from "../support/calls.js";
import { makeIdle, signUp } from "../support/fixtures.js";
import { stringsIn } from "../support/strings-in.js";

/** What the app's own `log` function gets to see. */
export function logTests({ start }: Context): void {
  /** Puts all that is said of auth queries in `events`. */
  const recorded = async () => {
    const events: LogEvent[] = [];
    const started = await start({ kysely: { log: (event) => void events.push(event) } });
    events.length = 0;
    const key = { providerId: "github", providerUserId: "1", password: "secret" };
    return { ...started, events, key };
  };

  const expectNoSecret = (events: readonly LogEvent[], secrets: readonly string[]) => {
    const said = events.flatMap((event) => stringsIn(event));
    for (const secret of secrets) {
      expect(said.filter((text) => text.includes(secret))).toEqual([]);
    }
  };

  describe("the app's log function", () => {
    test.each([
      { thrown: new Error("The log is full"), said: "Error: The log is full" },
      { thrown: Symbol("full"), said: "the symbol Symbol(full)" },
    ])("cannot make a query fail that has been run: $said", async ({ thrown, said }) => {
      const warnings: string[] = [];
      const listen = (warning: Error) => warnings.push(warning.message);
      process.on("warning", listen);
      onTestFinished(() => void process.off("warning", listen));
      let broken = false;
      const log = () => {
        if (broken) throw thrown;
      };
      const { auth, transaction, raw } = await start({ kysely: { log } });
      broken = true;
      await transaction(({ auth }) => signUp({ auth }, "ada"));
      await signUp({ auth }, "bob");
      expect(await raw.rows("auth_key")).toHaveLength(2);
      // Warnings come when this turn is over: maybe one of hashing inside of a transaction, too.
      await nextTurn();
      const ofLogs = warnings.filter((warning) => warning.includes("kysely.log"));
      expect(ofLogs).toEqual([`The function kysely.log has failed: ${said}`]);
    });

    test("is told the SQL of auth queries, without session ids, hashes and key ids", async () => {
      const { auth, raw, events, key } = await recorded();
      const { userId } = await signUp({ auth }, "ada");
      await auth.updateUserAttributes(userId, { nickname: "Countess" });
      await auth.createKey(userId, { type: "single_use", ...key, expiresIn: 60 });
      await auth.updateKeyPassword("email", "ada", "new password");
      await auth.getKey("email", "ada");
      await auth.getAllUserKeys(userId);
      await auth.useKey("github", "1", "secret");
      const session = await auth.createSession(userId);
      await makeIdle(raw, session);
      const { sessionId } = await auth.validateSession(session.sessionId);
      await auth.validateSessionUser(sessionId);
      await auth.getAllUserSessions(userId);
      await auth.invalidateSession(sessionId);
      await auth.deleteUser(userId);

      const sql = events.map(({ query }) => query.sql).join("\n");
      for (const table of ["auth_user", "auth_key", "auth_session"]) expect(sql).toContain(table);
      for (const { query } of events) expect(query.parameters).toEqual([]);
      expectNoSecret(events, [
        session.sessionId,
        sessionId,
        "email:ada",
        "github:1",
        hashOf("password of ada"),
        hashOf("new password"),
        hashOf("secret"),
        "Countess",
      ]);
    });

    test("is told of failed auth queries without their parameters too", async () => {
      const { auth, events, key } = await recorded();
      const { userId } = await signUp({ auth }, "ada");
      const takenName = { username: "ada" };
      await rejectionOf(auth.createUser({ primaryKey: null, attributes: takenName }));
      await rejectionOf(signUp({ auth }, "ada"));
      await auth.createKey(userId, { type: "persistent", ...key });
      await rejectionOf(auth.createKey(userId, { type: "persistent", ...key }));
      const session = await auth.createSession(userId);
      const { sessionId, activePeriodExpiresAt, idlePeriodExpiresAt } = session;
      auth.generateSessionId = () => [sessionId, activePeriodExpiresAt, idlePeriodExpiresAt];
      await rejectionOf(auth.createSession(userId));

      const failed = events.filter(({ level }) => level === "error");
      expect(failed.length).toBeGreaterThanOrEqual(1);
      expect(failed.map(({ query }) => query.sql).join("\n")).toContain("auth_user");
      const hashes = [hashOf("password of ada"), hashOf("secret")];
      expectNoSecret(events, [sessionId, "email:ada", "github:1", ...hashes]);
    });

    test("is not needed to keep secrets: no error of an auth call repeats a session id or a hash", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const { sessionId } = await auth.createSession(userId);
      await raw.run("alter table auth_session rename column user_id to elsewhere");
      await raw.run("alter table auth_key rename column hashed_password to elsewhere");
      const errors = [
        await rejectionOf(auth.createSession(userId)),
        await rejectionOf(auth.validateSessionUser(sessionId)),
        await rejectionOf(auth.updateKeyPassword("email", "ada", "a new one")),
      ];
      for (const error of errors) {
        const said = stringsIn(error).join("\n");
        expect(said).not.toContain(sessionId);
        expect(said).not.toContain(hashOf("a new one"));
      }
    });

    test("is told no more of what happens inside a transaction", async () => {
      const { transaction, events, key } = await recorded();
      const sessionId = await transaction(async ({ auth }) => {
        const { userId } = await signUp({ auth }, "ada");
        await auth.createKey(userId, { type: "persistent", ...key });
        await rejectionOf(auth.createKey(userId, { type: "persistent", ...key }));
        return (await auth.createSession(userId)).sessionId;
      });
      const sql = events.map(({ query }) => query.sql).join("\n");
      expect(sql).toContain("auth_session");
      expectNoSecret(events, [sessionId, "email:ada", "github:1", hashOf("secret")]);
    });

    test("is told the app's own queries with all their parameters", async () => {
      const { auth, db, transaction, events } = await recorded();
      const { userId } = await signUp({ auth }, "ada");
      events.length = 0;
      await db.insertInto("note").values({ user_id: userId, body: "Outside" }).execute();
      await transaction(async (scope) => {
        await scope.auth.createSession(userId);
        await scope.db.insertInto("note").values({ user_id: userId, body: "Inside" }).execute();
        await scope.db.selectFrom("auth_user").selectAll().where("id", "=", userId).execute();
      });
      const notes = events.filter(({ query }) => query.sql.includes("note"));
      expect(notes.map(({ query }) => query.parameters)).toEqual([
        [userId, "Outside"],
        [userId, "Inside"],
      ]);
      expect(notes.map(({ query }) => query.query.kind)).toEqual(Array(2).fill("InsertQueryNode"));
      expect(events.map(({ query }) => query.parameters)).toContainEqual([userId]);
    });
  });
}
