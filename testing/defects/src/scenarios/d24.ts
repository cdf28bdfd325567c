import type { Wiring } from "../wirings/wiring.js";
import { count, type Scenario } from "./scenario.js";

/** Keys for single use with seconds that are none, as a setting that was not read gives them. */
export const d24: Scenario<{ nan: string; infinity: string; keysForEver: number }> = {
  id: "D24",
  only: { on: ["sqlite"], because: "the server refuses such a number" },

  run: async (wiring) => {
    const { userId } = await wiring.auth.createUser({ primaryKey: null, attributes: {} });
    return {
      nan: await creationOf(wiring, userId, Number.NaN),
      infinity: await creationOf(wiring, userId, Number.POSITIVE_INFINITY),
      keysForEver: await count(wiring, "auth_key"),
    };
  },

  holds: ({ nan, infinity, keysForEver }) =>
    nan === "TypeError" && infinity === "TypeError" && keysForEver === 0,

  inWords: ({ nan, infinity }) => `NaN → ${nan}, Infinity → ${infinity}`,
};

/** "done", or what kind of error was thrown. */
async function creationOf({ auth }: Wiring, userId: string, expiresIn: number): Promise<string> {
  const creation = auth.createKey(userId, {
    type: "single_use",
    providerId: "reset",
    providerUserId: String(expiresIn),
    password: null,
    expiresIn,
  });
  return creation.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}
