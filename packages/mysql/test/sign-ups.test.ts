import type { RowDataPacket } from "mysql2";
import { expect, test } from "vitest";
import { signUp, startApp } from "./support/app.js";

/** At night more: a connection that is lost now and then shows then. */
const SIGN_UPS = process.env["KYSELY_LUCIA_NIGHTLY"] === undefined ? 2_000 : 10_000;
const AT_ONCE = 50;

test(`${SIGN_UPS} sign-ups on a pool of one connection, which is idle at the end`, async () => {
  const app = await startApp({ connectionLimit: 1 });
  const acquired: unknown[] = [];
  const released: unknown[] = [];
  app.pool.on("acquire", (connection) => acquired.push(connection));
  app.pool.on("release", (connection) => released.push(connection));
  let next = 0;
  const signUpInTurn = async () => {
    while (next < SIGN_UPS) {
      next += 1;
      await signUp(app, `user ${next}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, signUpInTurn));

  // The connection that was given back last is the only one there is.
  expect(new Set([...acquired, ...released]).size).toBe(1);
  const [threads] = await app.pool
    .promise()
    .query<RowDataPacket[]>(
      "select command from information_schema.processlist where db = database() and id <> connection_id()",
    );
  expect(threads).toEqual([]);
  const count = (table: "auth_user" | "auth_key") =>
    app.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
  expect(await count("auth_user")).toEqual({ rows: SIGN_UPS });
  expect(await count("auth_key")).toEqual({ rows: SIGN_UPS });
}, 120_000);
