import type { PoolSettings } from "../wirings/wiring.js";
import { type DatabaseName, outcomeInTime, type Scenario } from "./scenario.js";

const SIGN_UPS = 15;

/** Sign-ups one after the other, and then a query of the app's own. */
function signUps(
  id: string,
  database: DatabaseName,
  pool: PoolSettings,
): Scenario<{ answeredSignUps: number; ownQuery: string }> {
  return {
    id,
    only: { on: [database], because: "another driver" },
    pool,

    run: async ({ auth, db }) => {
      const signUp = (name: string) =>
        auth.createUser({
          primaryKey: { providerId: "name", providerUserId: name, password: null },
          attributes: { username: name },
        });
      let answeredSignUps = 0;
      while (
        answeredSignUps < SIGN_UPS &&
        (await outcomeInTime(signUp(`${answeredSignUps}`))) === "done"
      ) {
        answeredSignUps += 1;
      }
      return {
        answeredSignUps,
        ownQuery: await outcomeInTime(db.selectFrom("note").selectAll().execute()),
      };
    },

    holds: ({ answeredSignUps, ownQuery }) => answeredSignUps === SIGN_UPS && ownQuery === "done",

    inWords: ({ answeredSignUps }) =>
      `${answeredSignUps} of ${SIGN_UPS} sign-ups answered on a pool of ${pool.size ?? 10}`,
  };
}

export const d01 = [signUps("D1a", "postgres", {}), signUps("D1b", "postgres", { size: 1 })];
export const d02 = [signUps("D2a", "mysql", {}), signUps("D2b", "mysql", { size: 1 })];
