import { outcomeInTime, type Scenario } from "./scenario.js";

/** Lucia and Kysely on the pool of `mysql2/promise` that Lucia's documentation gives to both. */
export const d05: Scenario<{ signUp: string; ownQuery: string }> = {
  id: "D5",
  only: { on: ["mysql"], because: "another driver" },
  pool: { promises: true },

  run: async ({ auth, db }) => ({
    signUp: await outcomeInTime(auth.createUser({ primaryKey: null, attributes: {} })),
    ownQuery: await outcomeInTime(db.selectFrom("note").selectAll().execute()),
  }),

  holds: ({ signUp, ownQuery }) => signUp === "done" && ownQuery === "done",

  inWords: ({ ownQuery }) => ownQuery,
};
