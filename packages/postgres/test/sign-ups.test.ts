import { expect, test } from "vitest";
import { signUp, startApp } from "./support/app.js";

/** At night more: a connection that is lost now and then shows then. */
const SIGN_UPS = process.env["KYSELY_LUCIA_NIGHTLY"] === undefined ? 2_000 : 10_000;
const AT_ONCE = 50;

test(`${SIGN_UPS} sign-ups on a pool of one connection, which is idle at the end`, async () => {
  const app = await startApp({ max: 1 });
  let next = 0;
  const signUpInTurn = async () => {
    while (next < SIGN_UPS) {
      next += 1;
      await signUp(app, `user ${next}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, signUpInTurn));

  const { totalCount, idleCount, waitingCount } = app.pool;
  expect({ totalCount, idleCount, waitingCount }).toEqual({
    totalCount: 1,
    idleCount: 1,
    waitingCount: 0,
  });
  const count = (table: "auth_user" | "auth_key") =>
    app.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<string>().as("rows"))
      .executeTakeFirstOrThrow();
  expect(await count("auth_user")).toEqual({ rows: String(SIGN_UPS) });
  expect(await count("auth_key")).toEqual({ rows: String(SIGN_UPS) });
}, 120_000);
