import { setTimeout as wait } from "node:timers/promises";
import { count, many, outcomeOf, type Scenario } from "./scenario.js";

/** The database refuses to delete a session that is over, and its caller catches the error. */
export const d12: Scenario<{ deletionRefused: string; sessionsAfterwards: number }> = {
  id: "D12",
  pool: { impatient: true },

  run: async (wiring) => {
    const { auth, sql } = wiring;
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    await auth.createSession(userId);
    await sql("UPDATE auth_session SET active_expires = 0, idle_expires = 0");

    const allowAgain = await wiring.refuse("writes");
    const deletionRefused = await outcomeOf(auth.deleteDeadUserSessions(userId));
    // If its caller was told nothing, the refusal may still be on its way.
    if (deletionRefused === "done") await wait(2000);
    await allowAgain();
    await auth.deleteDeadUserSessions(userId);
    return { deletionRefused, sessionsAfterwards: await count(wiring, "auth_session") };
  },

  holds: ({ deletionRefused, sessionsAfterwards }) =>
    deletionRefused !== "done" && sessionsAfterwards === 0,

  inWords: ({ sessionsAfterwards }) => `${many(sessionsAfterwards, "dead session")} left`,
};
