import { setImmediate as nextTurn } from "node:timers/promises";
import { count, outcomeOf, type Scenario } from "./scenario.js";

const SIGN_OUTS = 180;

/** A renewal takes better-sqlite3 no turn of the event loop, and as many microtasks at most. */
const MICROTASKS = 30;
const TURNS = 30;

/** People end all their sessions, at ever later moments of the renewal of one of them. */
export const d28SignOut: Scenario<{ sessionsThatSurvived: number }> = {
  id: "D28b",

  run: async (wiring) => {
    const { auth, sql } = wiring;
    const ids = Array.from({ length: SIGN_OUTS }, (_, n) => `${n}`.padStart(15, "0"));
    await sql(`INSERT INTO auth_user (id) VALUES ${ids.map(() => "(?)").join(", ")}`, ...ids);
    const idle = ids.map((id) => [id.padStart(40, "0"), id, 0, Date.now() + 3_600_000]);
    await sql(
      `INSERT INTO auth_session (id, user_id, active_expires, idle_expires)
       VALUES ${idle.map(() => "(?, ?, ?, ?)").join(", ")}`,
      ...idle.flat(),
    );

    for (const [n, userId] of ids.entries()) {
      const renewal = outcomeOf(auth.validateSession(userId.padStart(40, "0")));
      await moment(n % (MICROTASKS + TURNS));
      await auth.invalidateAllUserSessions(userId);
      await renewal;
    }
    return { sessionsThatSurvived: await count(wiring, "auth_session") };
  },

  holds: ({ sessionsThatSurvived }) => sessionsThatSurvived === 0,

  inWords: ({ sessionsThatSurvived }) =>
    `a session survives ${sessionsThatSurvived} of ${SIGN_OUTS} ends of all sessions`,
};

/** Waits for microtasks, and beyond them for turns of the event loop. */
async function moment(late: number): Promise<void> {
  for (let n = 0; n < Math.min(late, MICROTASKS); n += 1) await null;
  for (let n = MICROTASKS; n < late; n += 1) await nextTurn();
}
