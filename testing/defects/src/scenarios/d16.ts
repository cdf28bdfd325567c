import type { Wiring } from "../wirings/wiring.js";
import { count, type Scenario } from "./scenario.js";

/** How many sessions somebody has, all of them valid. */
const DEVICES = [1, 10, 1000] as const;

/** People with ever more devices sign in, and it is counted what that takes. */
export const d16: Scenario<{
  rowsWith1: number;
  rowsWith10: number;
  rowsWith1000: number;
  statementsWith1: number;
  statementsWith1000: number;
  sessionsAfterwards: number;
}> = {
  id: "D16",

  run: async (wiring) => {
    const traffic = wiring.countTraffic();
    // The first one opens the connections, which is not at issue.
    await wiring.auth.createSession(await userWithSessions(wiring, 1));

    const signIn = async (devices: (typeof DEVICES)[number]) => {
      const userId = await userWithSessions(wiring, devices);
      const { rows, statements } = traffic;
      await wiring.auth.createSession(userId);
      return { rows: traffic.rows - rows, statements: traffic.statements - statements };
    };
    const [with1, with10, with1000] = [await signIn(1), await signIn(10), await signIn(1000)];
    return {
      rowsWith1: with1.rows,
      rowsWith10: with10.rows,
      rowsWith1000: with1000.rows,
      statementsWith1: with1.statements,
      statementsWith1000: with1000.statements,
      sessionsAfterwards: await count(wiring, "auth_session"),
    };
  },

  holds: (seen) =>
    seen.rowsWith10 === seen.rowsWith1 &&
    seen.rowsWith1000 === seen.rowsWith1 &&
    seen.statementsWith1 > 0 &&
    seen.statementsWith1000 === seen.statementsWith1 &&
    seen.sessionsAfterwards === 1 + 1 + DEVICES.reduce((sum, devices) => sum + devices + 1, 0),

  isCost: true,
  inWords: ({ rowsWith1, rowsWith10, rowsWith1000 }) =>
    `${rowsWith1}, ${rowsWith10}, ${rowsWith1000} rows with ${DEVICES.join(", ")} sessions`,
};

async function userWithSessions({ auth, sql }: Wiring, devices: number): Promise<string> {
  const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
  const future = Date.now() + 3_600_000;
  const sessions = Array.from({ length: devices }, (_, n) => [
    `${userId}${n}`.padEnd(40, "x"),
    userId,
    future,
    future,
  ]);
  await sql(
    `INSERT INTO auth_session (id, user_id, active_expires, idle_expires)
     VALUES ${sessions.map(() => "(?, ?, ?, ?)").join(", ")}`,
    ...sessions.flat(),
  );
  return userId;
}
