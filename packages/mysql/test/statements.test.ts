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

test.each(["plain", "hashed"] as const)(
  "whether the server has cut the ids of a session is asked once for each length: %s",
  async (sessionIds) => {
    const { auth, userId, sentBy } = await recording(sessionIds);
    expect(await sentBy(() => auth.createSession(userId))).toContain("select");
    expect(await sentBy(() => auth.createSession(userId))).toEqual(["delete", "insert"]);
  },
);
