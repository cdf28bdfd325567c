import { atOnce, rejectionOf } from "@kysely-lucia/conformance";
import { type LogEvent, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { kyselyLucia, TransactionOverError } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";
import { LateState } from "./support/sockets.js";

type App = Awaited<ReturnType<typeof startApp>>;

/** Resolves for each of so many when all of them have come. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return () => {
    come += 1;
    if (come === size) begin();
    return begun;
  };
}

/** Writes one note more than there are, so that two of these at once cannot both be right. */
const addNext = ({ transaction }: App, retries: number, allHaveRead: () => Promise<void>) =>
  transaction(
    async ({ db, attempt }) => {
      const { count } = await db
        .selectFrom("note")
        .select((eb) => eb.fn.countAll<string>().as("count"))
        .executeTakeFirstOrThrow();
      if (attempt === 1) await allHaveRead();
      await db
        .insertInto("note")
        .values({ body: `note ${count}` })
        .execute();
      return attempt;
    },
    { isolationLevel: "serializable", retries },
  );

describe("transactions that are in each other's way", () => {
  test("all succeed in the end where they are repeated: serialization failures", async () => {
    const app = await startApp({ max: 6 });
    const allHaveRead = meeting(6);
    const { fulfilled, errors } = await atOnce(6, () => addNext(app, 100, allHaveRead));
    expect(errors).toEqual([]);
    expect(Math.max(...fulfilled)).toBeGreaterThan(1);
    expect((await app.notes()).sort()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `note ${n}`));
  });

  test("fail with the driver's own error where they are not", async () => {
    const app = await startApp({ max: 6 });
    const allHaveRead = meeting(6);
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => addNext(app, 0, allHaveRead)),
    );
    const reasons = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason] : [],
    );
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatchObject({ code: "40001" });
    expect(await app.notes()).toHaveLength(6 - reasons.length);
  });

  test("all succeed in the end where they are repeated: deadlocks", async () => {
    const app = await startApp({ max: 2, options: "-c deadlock_timeout=10ms" });
    await signUp(app, "ada");
    await signUp(app, "bob");
    const rename = (first: string, second: string) =>
      app.transaction(
        async ({ db, attempt }) => {
          for (const username of [first, second]) {
            await db
              .updateTable("auth_user")
              .set({ username })
              .where("username", "=", username)
              .execute();
          }
          return attempt;
        },
        { retries: 100 },
      );
    const { errors } = await atOnce(20, (index) =>
      index % 2 ? rename("ada", "bob") : rename("bob", "ada"),
    );
    expect(errors).toEqual([]);
  });

  describe("are repeated as well where the work has swallowed the error", () => {
    type Next = (db: App["db"]) => Promise<unknown>;

    /** The attempts of a transaction whose first one swallows a serialization failure, and does this then. */
    const attemptsOf = async (app: App, next: Next) => {
      const attempts: number[] = [];
      const fail = sql`do $$ begin raise sqlstate '40001'; end $$`;
      await app.transaction(
        async ({ db, attempt }) => {
          attempts.push(attempt);
          if (attempt > 1) return;
          await fail.execute(db).catch(() => {});
          await next(db);
        },
        { retries: 3 },
      );
      return attempts;
    };
    const read: Next = (db) => db.selectFrom("note").selectAll().execute();

    test.each<[what: string, next: Next]>([
      ["nothing", async () => {}],
      ["another query that fails because of it", read],
      ["such a query, and swallows that error too", (db) => read(db).catch(() => {})],
      ["a query that the server cannot even read", (db) => sql`nonsense`.execute(db)],
    ])("and then does this: %s", async (_, next) => {
      expect(await attemptsOf(await startApp(), next)).toEqual([1, 2]);
      const late = await startApp({ stream: () => new LateState() });
      expect(await attemptsOf(late, next)).toEqual([1, 2]);
    });
  });

  test("are not repeated for what was swallowed otherwise", async () => {
    const app = await startApp();
    await signUp(app, "ada");
    let attempts = 0;
    const result = app.transaction(
      async ({ db }) => {
        attempts += 1;
        await db
          .insertInto("auth_user")
          .values({ id: "1", username: "ada" })
          .execute()
          .catch(() => {});
      },
      { retries: 3 },
    );
    const error = await rejectionOf(result);
    expect(error).toBeInstanceOf(TransactionOverError);
    expect(error).toMatchObject({ cause: { code: "23505" } });
    expect(attempts).toBe(1);
  });
});

describe.each(["repeatable\\ read", "serializable"])("where the default is %s", (level) => {
  const options = `-c default_transaction_isolation=${level}`;

  test("deleting a user leaves nothing of it, and fails for nobody's sign-in", async () => {
    const app = await startApp({ max: 5, options });
    for (let round = 0; round < 10; round += 1) {
      const { userId } = await signUp(app, "ada");
      const { errors } = await atOnce<unknown>(5, (index) =>
        index === 2 ? app.auth.deleteUser(userId) : app.auth.createSession(userId),
      );
      expect(errors.filter((error) => error !== "Error: AUTH_INVALID_USER_ID")).toEqual([]);
      for (const table of ["auth_user", "auth_key", "auth_session"] as const) {
        expect(await app.db.selectFrom(table).select("id").execute()).toEqual([]);
      }
    }
  });

  test("auth calls at once do not fail one another", async () => {
    const app = await startApp({ max: 5, options });
    const { userId } = await signUp(app, "ada");
    const { auth } = app;
    const calls = [
      () => auth.createSession(userId),
      () => auth.updateUserAttributes(userId, { username: "ada" }),
      () => auth.updateKeyPassword("email", "ada", "another"),
      () => auth.invalidateAllUserSessions(userId),
      () => auth.getAllUserSessions(userId),
    ];
    const { errors } = await atOnce(40, async (index) => calls[index % calls.length]?.());
    expect(errors).toEqual([]);
  });
});

test("an auth call that loses each time is attempted six times, be it of one statement or of several", async () => {
  const { pool } = await startApp();
  const failed: string[] = [];
  const log = ({ level, query }: LogEvent) => void (level === "error" && failed.push(query.sql));
  const app = kyselyLucia({ ...options, pool, kysely: { log } });
  const { userId } = await signUp(app, "ada");
  const { sessionId } = await app.auth.createSession(userId);
  await sql`
    create function lose() returns trigger language plpgsql as
    $$ begin raise serialization_failure; end $$
  `.execute(app.db);
  await sql`
    create trigger lose before delete on auth_session for each row execute function lose()
  `.execute(app.db);
  for (const call of [
    () => app.auth.invalidateSession(sessionId),
    () => app.auth.invalidateAllUserSessions(userId),
  ]) {
    failed.length = 0;
    expect(await rejectionOf(call())).toMatchObject({ code: "40001" });
    expect(failed).toHaveLength(6);
  }
});
