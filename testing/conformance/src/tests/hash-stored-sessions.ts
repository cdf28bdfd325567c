import { hashSessionId, type SessionIds } from "@kysely-lucia/core";
import { describe, expect, test } from "vitest";
import type { Context, ContextDatabase, ContextOptions } from "../context.js";
import { expectCode, rejectionOf } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** Plain session ids of a live table that become hashes. */
export function hashStoredSessionsTests({ createDatabase }: Context): void {
  const storedIds = async ({ raw }: Pick<ContextDatabase, "raw">) =>
    (await raw.rows("auth_session")).map((row) => String(row["id"]));

  describe("turning plain sessions into hashed ones", () => {
    /** The same database, opened again with these options. */
    const reopened = async (count: number) => {
      const { raw, open } = await createDatabase();
      const plain = (await open()).instance;
      await plain.migrate();
      const { userId } = await signUp(plain, "ada");
      const ids: string[] = [];
      for (let made = 0; made < count; made += 1) {
        ids.push((await plain.auth.createSession(userId)).sessionId);
      }
      await plain.close();
      const reopen = async (sessionIds: SessionIds, options: ContextOptions = {}) =>
        (await open({ ...options, sessionIds })).instance;
      return { raw, ids, userId, reopen };
    };

    test('"plain" finds sessions of a process that is "migrating" already, and ends them', async () => {
      const { raw, userId, reopen } = await reopened(1);
      const migrating = await reopen("migrating");
      const plain = await reopen("plain");
      const { sessionId } = await migrating.auth.createSession(userId);
      expect(await plain.auth.validateSessionUser(sessionId)).toMatchObject({ user: { userId } });
      await raw.run("update auth_session set active_expires = 1000");
      const renewed = await plain.auth.validateSession(sessionId);
      expect(await migrating.auth.validateSession(renewed.sessionId)).toMatchObject({ userId });
      await plain.auth.invalidateSession(sessionId);
      await expectCode(migrating.auth.validateSession(sessionId), "AUTH_INVALID_SESSION_ID");
    });

    test('"migrating" finds both, "hashed" those that were turned', async () => {
      const { raw, ids, userId, reopen } = await reopened(3);
      const migrating = await reopen("migrating");
      for (const id of ids) await migrating.auth.validateSessionUser(id);
      const { sessionId } = await migrating.auth.createSession(userId);
      expect(await storedIds({ raw })).toEqual(
        expect.arrayContaining([...ids, hashSessionId(sessionId)]),
      );
      const [first = ""] = ids;
      await migrating.auth.invalidateSession(first);
      await expectCode(migrating.auth.validateSession(first), "AUTH_INVALID_SESSION_ID");
      await migrating.close();
      const hashed = await reopen("hashed");
      await expectCode(hashed.auth.validateSession(String(ids[1])), "AUTH_INVALID_SESSION_ID");
      await hashed.auth.validateSession(sessionId);
    });

    test('"hashed" ends those, too, that were not turned, by the ids that it lists', async () => {
      const { raw, ids, userId, reopen } = await reopened(2);
      const hashed = await reopen("hashed");
      const [first = ""] = ids;
      const listed = await hashed.auth.getAllUserSessions(userId);
      expect(listed.map(({ sessionId }) => sessionId)).toContain(first);
      await hashed.auth.invalidateSession(first);
      expect(await storedIds({ raw })).toEqual([ids[1]]);
      const { sessionId } = await hashed.auth.createSession(userId);
      await hashed.auth.invalidateSession(sessionId);
      expect(await storedIds({ raw })).toEqual([ids[1]]);
    });

    test("is done in batches, tells how far it is, and signs nobody out", async () => {
      const { raw, ids, reopen } = await reopened(7);
      const { auth, hashStoredSessions, close } = await reopen("migrating");
      const heard: { hashed: number; left: number }[] = [];
      const checks: Promise<unknown>[] = [];
      const onProgress = (progress: { hashed: number; left: number }) => {
        heard.push(progress);
        for (const id of ids) checks.push(auth.validateSession(id));
      };
      expect(await hashStoredSessions({ batchSize: 3, onProgress })).toEqual({ hashed: 7 });
      await Promise.all(checks);
      expect(heard).toEqual([
        { hashed: 3, left: 4 },
        { hashed: 6, left: 1 },
        { hashed: 7, left: 0 },
      ]);
      expect((await storedIds({ raw })).sort()).toEqual(ids.map(hashSessionId).sort());
      expect(await hashStoredSessions()).toEqual({ hashed: 0 });
      await close();
      const hashed = await reopen("hashed");
      for (const id of ids) await hashed.auth.validateSession(id);
    });

    test("can be interrupted and begun again", async () => {
      const { ids, reopen } = await reopened(5);
      const { auth, hashStoredSessions } = await reopen("migrating");
      const controller = new AbortController();
      const reason = new Error("Interrupted");
      const onProgress = () => controller.abort(reason);
      const interrupted = hashStoredSessions({
        batchSize: 2,
        onProgress,
        signal: controller.signal,
      });
      expect(await rejectionOf(interrupted)).toBe(reason);
      for (const id of ids) await auth.validateSession(id);
      expect(await hashStoredSessions({ batchSize: 2 })).toEqual({ hashed: 3 });
      for (const id of ids) await auth.validateSession(id);
    });

    test("lets others go on between batches, and ends at a signal from outside", async () => {
      const { reopen } = await reopened(20);
      const { hashStoredSessions } = await reopen("migrating");
      const controller = new AbortController();
      const reason = new Error("The process ends");
      setImmediate(() => controller.abort(reason));
      const interrupted = hashStoredSessions({ batchSize: 1, signal: controller.signal });
      expect(await rejectionOf(interrupted)).toBe(reason);
      expect(await hashStoredSessions()).not.toEqual({ hashed: 0 });
    });

    test("waits for what hears of its progress, and fails with it", async () => {
      const { reopen } = await reopened(1);
      const { hashStoredSessions } = await reopen("migrating");
      const failure = new Error("The disk is full");
      const onProgress = () => Promise.reject(failure);
      expect(await rejectionOf(hashStoredSessions({ onProgress }))).toBe(failure);
    });

    test("turns those, too, that a process that is still plain stores behind it", async () => {
      const { raw, userId, reopen } = await reopened(2);
      const { hashStoredSessions } = await reopen("migrating");
      const first = "0".repeat(40);
      let calls = 0;
      const onProgress = async () => {
        calls += 1;
        if (calls > 1) return;
        await raw.run(`insert into auth_session values ('${first}', '${userId}', 1, 2)`);
      };
      expect(await hashStoredSessions({ batchSize: 1, onProgress })).toEqual({ hashed: 3 });
      expect(await storedIds({ raw })).toContain(hashSessionId(first));
    });

    test("counts each session once where it is done twice at the same time", async () => {
      const { ids, reopen } = await reopened(20);
      const { hashStoredSessions } = await reopen("migrating");
      const [one, other] = await Promise.all([
        hashStoredSessions({ batchSize: 3 }),
        hashStoredSessions({ batchSize: 3 }),
      ]);
      expect(one.hashed + other.hashed).toBe(ids.length);
    });

    test("renews a session that is turned while it is renewed", async () => {
      const { raw, ids, reopen } = await reopened(1);
      const { auth, hashStoredSessions } = await reopen("migrating");
      await raw.run("update auth_session set active_expires = 1000");
      const [id = ""] = ids;
      const [renewed] = await Promise.all([auth.validateSession(id), hashStoredSessions()]);
      expect(renewed).toMatchObject({ fresh: true });
    });
  });
}
