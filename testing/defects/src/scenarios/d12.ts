import { count, outcomeOf, type Scenario } from "./scenario.js";

/** The database refuses to delete a session that is over, and its caller catches the error. */
export const d12: Scenario<{ deletionRefused: string; sessionsAfterwards: number }> = {
  id: "D12",
  title: "a refused deletion of a dead session is caught by nobody and ends the process",

  run: async (wiring) => {
    const { auth, db } = wiring;
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    await auth.createSession(userId);
    await db
      .updateTable("auth_session")
      .set({ active_expires: 0, idle_expires: 0 })
      .executeTakeFirstOrThrow();

    const allowAgain = await wiring.refuse("writes");
    const deletionRefused = await outcomeOf(auth.deleteDeadUserSessions(userId));
    await allowAgain();
    await auth.deleteDeadUserSessions(userId);
    return { deletionRefused, sessionsAfterwards: await count(wiring, "auth_session") };
  },

  holds: ({ deletionRefused, sessionsAfterwards }) =>
    deletionRefused !== "done" && sessionsAfterwards === 0,
};
