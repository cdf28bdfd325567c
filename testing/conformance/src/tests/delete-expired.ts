import { describe, expect, test } from "vitest";
import type { Context, ContextDatabase } from "../context.js";
import type { Instance } from "../database.js";
import { rejectionOf, untyped } from "../support/calls.js";
import { makeExpired, signUp } from "../support/fixtures.js";
import { memorySessions } from "../support/memory-sessions.js";

const WRONG_OPTIONS: [given: unknown, message: RegExp][] = [
  [{ batchSize: 0 }, /batchSize.*0.*whole number from 1 to 10000, such as 1000/],
  [{ batchSize: 10_001 }, /batchSize.*10001.*to 10000/],
  [{ onProgress: 1 }, /onProgress.*1.*a function/],
  [{ signal: {} }, /signal.*an object.*AbortSignal/],
  [{ batchsize: 3 }, /no option `batchsize`.*batchSize, onProgress, signal/],
  [null, /options of deleteExpired are null/],
];

/** Deleting what has expired, batch by batch. */
export function deleteExpiredTests({ createDatabase, start }: Context): void {
  const expireSessions = ({ raw }: Pick<ContextDatabase, "raw">, sessions: readonly string[]) =>
    raw.run(
      "update auth_session set active_expires = 1000, idle_expires = 2000 " +
        `where id in (${sessions.map((id) => `'${id}'`).join(", ")})`,
    );

  const createSessions = async (
    { auth }: Pick<Instance, "auth">,
    userId: string,
    count: number,
  ) => {
    const ids: string[] = [];
    while (ids.length < count) ids.push((await auth.createSession(userId)).sessionId);
    return ids;
  };

  const idsOf = async ({ raw }: Pick<ContextDatabase, "raw">, table: string) =>
    (await raw.rows(table)).map(({ id }) => String(id)).sort();

  /** Five sessions that are over and two that are not, with three keys of each kind. */
  const startWithExpired = async () => {
    const started = await start();
    const { auth, raw } = started;
    const { userId } = await signUp({ auth }, "ada");
    const sessions = await createSessions({ auth }, userId, 7);
    const dead = sessions.slice(0, 5);
    await expireSessions({ raw }, dead);
    const alive = sessions.slice(5);
    for (const providerUserId of ["used-up", "too-late", "in-time"]) {
      const password = null;
      await auth.createKey(userId, {
        type: "single_use",
        providerId: "link",
        providerUserId,
        password,
        expiresIn: 60,
      });
    }
    await makeExpired(raw, "link:used-up");
    await makeExpired(raw, "link:too-late");
    return { ...started, userId, alive, dead };
  };

  describe("deleting what has expired", () => {
    test("deletes sessions and single-use keys that have, and nothing else", async () => {
      const { raw, auth, alive, deleteExpired } = await startWithExpired();
      expect(await deleteExpired()).toEqual({ sessions: 5, keys: 2 });
      expect(await idsOf({ raw }, "auth_session")).toEqual([...alive].sort());
      expect(await idsOf({ raw }, "auth_key")).toEqual(["email:ada", "link:in-time"]);
      for (const id of alive) await auth.validateSession(id);
      expect(await deleteExpired()).toEqual({ sessions: 0, keys: 0 });
    });

    test("keeps sessions that are idle: they can be renewed", async () => {
      const { auth, raw, deleteExpired } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const { sessionId } = await auth.createSession(userId);
      await raw.run("update auth_session set active_expires = 1000");
      expect(await deleteExpired()).toEqual({ sessions: 0, keys: 0 });
      expect(await auth.validateSession(sessionId)).toMatchObject({ fresh: true });
    });

    test("deletes keys whatever their ids are made of", async () => {
      const { auth, raw, deleteExpired } = await start();
      const { userId } = await signUp({ auth }, "ada");
      for (const providerUserId of ["o'hara", 'a"b', "c\\", "%_", "josé 😀", "$1 ? :x"]) {
        const link = { providerId: "link", providerUserId, password: null, expiresIn: 60 };
        await auth.createKey(userId, { type: "single_use", ...link });
      }
      await raw.run("update auth_key set expires = 1000 where expires is not null");
      expect(await deleteExpired()).toEqual({ sessions: 0, keys: 6 });
      expect(await idsOf({ raw }, "auth_key")).toEqual(["email:ada"]);
    });

    test("is done in batches, and tells how far it is", async () => {
      const { deleteExpired } = await startWithExpired();
      const heard: unknown[] = [];
      const onProgress = (progress: unknown) => {
        heard.push(progress);
      };
      expect(await deleteExpired({ batchSize: 2, onProgress })).toEqual({ sessions: 5, keys: 2 });
      expect(heard).toEqual([
        { sessions: 2, keys: 0, left: 5 },
        { sessions: 4, keys: 0, left: 3 },
        { sessions: 5, keys: 0, left: 2 },
        { sessions: 5, keys: 2, left: 0 },
      ]);
    });

    test("can be interrupted after any batch, and begun again", async () => {
      const { raw, deleteExpired } = await startWithExpired();
      const controller = new AbortController();
      const reason = new Error("Interrupted");
      const onProgress = () => controller.abort(reason);
      const interrupted = deleteExpired({ batchSize: 2, onProgress, signal: controller.signal });
      expect(await rejectionOf(interrupted)).toBe(reason);
      expect(await raw.rows("auth_session")).toHaveLength(5);
      expect(await deleteExpired({ batchSize: 2 })).toEqual({ sessions: 3, keys: 2 });
      const aborted = deleteExpired({ signal: AbortSignal.abort(reason) });
      expect(await rejectionOf(aborted)).toBe(reason);
    });

    test("waits for what hears of its progress, and fails with it", async () => {
      const { deleteExpired } = await startWithExpired();
      const failure = new Error("The disk is full");
      const onProgress = () => Promise.reject(failure);
      expect(await rejectionOf(deleteExpired({ onProgress }))).toBe(failure);
    });

    test("counts each row once where it is done twice at the same time", async () => {
      const { raw, deleteExpired, alive } = await startWithExpired();
      const [one, other] = await Promise.all([
        deleteExpired({ batchSize: 1 }),
        deleteExpired({ batchSize: 1 }),
      ]);
      expect(one.sessions + other.sessions).toBe(5);
      expect(one.keys + other.keys).toBe(2);
      expect(await idsOf({ raw }, "auth_session")).toEqual([...alive].sort());
    });

    test("deletes keys alone where sessions are kept outside of the database", async () => {
      const { raw, open } = await createDatabase();
      const { instance } = await open({ sessions: memorySessions().sessions });
      await instance.migrate();
      const { userId } = await signUp(instance, "ada");
      await raw.run(`insert into auth_session values ('left', '${userId}', 1, 2)`);
      await raw.run("update auth_key set expires = 1000");
      expect(await instance.deleteExpired({ onProgress: () => {} })).toEqual({
        sessions: 0,
        keys: 1,
      });
      expect(await idsOf({ raw }, "auth_session")).toEqual(["left"]);
    });

    test("is refused inside of a transaction, which the pauses would keep open", async () => {
      const { transaction, deleteExpired, raw } = await startWithExpired();
      const error = await rejectionOf(transaction(() => deleteExpired()));
      expect(String(error)).toMatch(/^ConfigurationError/);
      expect(await raw.rows("auth_session")).toHaveLength(7);
    });

    test.each(WRONG_OPTIONS)("%j is refused before anything is deleted", async (given, message) => {
      const { raw, deleteExpired } = await startWithExpired();
      const error = String(await rejectionOf(deleteExpired(untyped(given))));
      expect(error).toMatch(/^ConfigurationError.*deleteExpired/);
      expect(error).toMatch(message);
      expect(await raw.rows("auth_session")).toHaveLength(7);
    });
  });
}
