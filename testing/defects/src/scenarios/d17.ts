import { sql } from "kysely";
import type { NamesOfTypes } from "../wirings/declared-types.js";
import type { Row } from "../wirings/wiring.js";
import type { Observation, Scenario } from "./scenario.js";

const AS_DECLARED = "as declared";

/** Values of all columns in whose types drivers differ, beside what they are declared as. */
export const d17: Scenario<Observation> = {
  id: "D17",

  run: async ({ auth, db, declared }) => {
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    await auth.createSession(userId);
    await auth.createKey(userId, {
      type: "single_use",
      providerId: "reset",
      providerUserId: "ada",
      password: null,
      expiresIn: 60,
    });
    const sessions = await sql<Row>`SELECT * FROM auth_session`.execute(db);
    const keys = await sql<Row>`SELECT * FROM auth_key`.execute(db);
    return compare(declared, { ...sessions.rows[0], ...keys.rows[0] });
  },

  // A type that allows for more than what arrives fails too: no arithmetic compiles on it.
  holds: (seen) => Object.values(seen).every((found) => found === AS_DECLARED),

  inWords: (seen) =>
    [...new Set(Object.values(seen))].filter((found) => found !== AS_DECLARED).join(", "),
};

function compare(declared: NamesOfTypes, row: Row): Observation {
  const found = Object.entries(declared).map(([column, names]) => {
    const type = Object.keys(names).join(" or ");
    const arrived = typeof row[column];
    return [column, arrived === type ? AS_DECLARED : `a ${arrived} for ${type}`];
  });
  return Object.fromEntries(found);
}
