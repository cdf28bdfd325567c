import { expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";

/** Tells which statements a call has sent, by their first words. */
async function recording(sessionIds: "plain" | "hashed") {
  const { pool } = await startApp();
  const statements: string[] = [];
  const log = ({ query }: { query: { sql: string } }) =>
    void statements.push(String(query.sql.split(" ", 1)));
  const app = kyselyLucia({ ...options, pool, sessionIds, kysely: { log } });
  const { userId } = await signUp(app, "ada");
  const sentBy = async (call: () => Promise<unknown>) => {
    statements.length = 0;
    await call();
    return statements;
  };
  return { auth: app.auth, userId, sentBy };
}

test("whether the server has cut the id of a session is not asked: Lucia's fit", async () => {
  const { auth, userId, sentBy } = await recording("plain");
  expect(await sentBy(() => auth.createSession(userId))).toEqual(["delete", "insert"]);
});

test("of hashed ids it is asked once: all have the same length", async () => {
  const { auth, userId, sentBy } = await recording("hashed");
  expect(await sentBy(() => auth.createSession(userId))).toContain("select");
  expect(await sentBy(() => auth.createSession(userId))).toEqual(["delete", "insert"]);
});
