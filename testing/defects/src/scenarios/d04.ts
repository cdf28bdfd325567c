import { setImmediate as nextTurn } from "node:timers/promises";
import type { Wiring } from "../wirings/wiring.js";
import { count, many, outcomeOf, type Scenario } from "./scenario.js";

const TRANSACTIONS = 20;
const TURNS_OF_EACH = 4;
const REQUESTS = 50;

/** Sign-ups and sign-ins at the same time as transactions of the app, half of which roll back. */
export const d04: Scenario<{
  failedRequests: number;
  lostSessions: number;
  lostUsers: number;
  strayUsers: number;
  brokenTransactions: number;
  lostNotes: number;
  strayNotes: number;
}> = {
  id: "D4",
  only: { on: ["sqlite"], because: "a transaction has a connection of its own" },

  run: async (wiring) => {
    const ada = await signUp(wiring, "ada");
    const acknowledged = { sessions: [] as string[], users: [ada] };

    const requests = [
      async () => acknowledged.sessions.push((await wiring.auth.createSession(ada)).sessionId),
      async (n: number) => acknowledged.users.push(await signUp(wiring, `${n}`)),
      async (n: number) => acknowledged.users.push(await signUp(wiring, `${n}`, null)),
    ];
    const request = async (n: number) => {
      await turns(n);
      await requests[n % requests.length]?.(n);
    };
    const [requested, transacted] = await Promise.all([
      Promise.all(Array.from({ length: REQUESTS }, (_, n) => outcomeOf(request(n)))),
      Promise.all(Array.from({ length: TRANSACTIONS }, (_, n) => outcomeOf(transact(wiring, n)))),
    ]);

    const sessions = await storedIds(wiring, "auth_session");
    const users = await storedIds(wiring, "auth_user");
    return {
      failedRequests: requested.filter((outcome) => outcome !== "done").length,
      lostSessions: acknowledged.sessions.filter((id) => !sessions.includes(id)).length,
      lostUsers: acknowledged.users.filter((id) => !users.includes(id)).length,
      strayUsers: users.filter((id) => !acknowledged.users.includes(id)).length,
      brokenTransactions: transacted.filter((outcome, n) => outcome !== plan(n).outcome).length,
      lostNotes: TRANSACTIONS - (await count(wiring, "note WHERE body = ?", "kept")),
      strayNotes: await count(wiring, "note WHERE body = ?", "dropped"),
    };
  },

  holds: (counts) => Object.values(counts).every((counted) => counted === 0),

  inWords: ({ failedRequests, lostSessions, lostUsers, brokenTransactions }) =>
    `of ${REQUESTS} requests and ${TRANSACTIONS} transactions: ${failedRequests} and ` +
    `${brokenTransactions} failed, ${many(lostSessions + lostUsers, "write")} lost`,
};

type Key = Parameters<Wiring["auth"]["createUser"]>[0]["primaryKey"];

async function signUp(
  { auth }: Wiring,
  username: string,
  primaryKey: Key = { providerId: "name", providerUserId: username, password: null },
): Promise<string> {
  return (await auth.createUser({ primaryKey, attributes: { username } })).userId;
}

/** Writes two notes, other requests getting their turns in between. */
async function transact({ db }: Wiring, n: number): Promise<void> {
  const { body, outcome } = plan(n);
  await db.transaction().execute(async (trx) => {
    await trx.insertInto("note").values({ body }).execute();
    await turns(TURNS_OF_EACH);
    await trx.insertInto("note").values({ body }).execute();
    if (body === "dropped") throw new Error(outcome);
  });
}

/** Every other transaction rolls back, so that as many notes are kept as there are transactions. */
function plan(n: number): { body: string; outcome: string } {
  return n % 2 === 0
    ? { body: "kept", outcome: "done" }
    : { body: "dropped", outcome: "rolled back" };
}

async function turns(number: number): Promise<void> {
  for (let turn = 0; turn < number; turn += 1) await nextTurn();
}

async function storedIds({ sql }: Wiring, table: string): Promise<string[]> {
  return (await sql(`SELECT id FROM ${table}`)).map((row) => String(row["id"]));
}
