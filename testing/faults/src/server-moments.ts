import { type Moment, outcomeOf } from "./fault.js";
import type { ServerScene } from "./server-scene.js";
import { until } from "./until.js";

/** Moments of an app on a database server. */
export const inQuery: Moment<ServerScene> = {
  name: "in the middle of a query",
  begin: async ({ app, beside, read, system, userId }) => {
    await beside.read("begin");
    await beside.read(`select id from auth_user where id = '${userId}' for update`);
    const outcome = outcomeOf(app.auth.createSession(userId));
    await until("a query waits for a lock", async () => {
      return (await read(system.waitingSql)).length > 0;
    });
    return {
      goOn: async (untilFailure) => {
        // A server that was killed has no locks either.
        await beside.read("rollback").catch(() => {});
        if (untilFailure) await outcome;
      },
      end: () => outcome,
    };
  },
};
