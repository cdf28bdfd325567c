import { OFFICIAL, OURS } from "../contestants/names.js";
import { alternate } from "../measure/alternate.js";
import { world } from "../work/work.js";
import type { Procedure } from "./procedure.js";

const PEOPLE = Array.from({ length: 8 }, (_, person) => `somebody${person}`);
const DATABASE = "passwords";

/** People who sign in at the same time, with real hashes: for how long everybody else has to wait. */
export const passwords: Procedure = {
  name: "passwords",
  // A hash has nothing to do with the database.
  belongsTo: (dialect) => dialect === "sqlite",
  run: async (stage) => {
    const { dialect, settings, tell } = stage;
    const workers = await stage.workers([OURS, OFFICIAL]);
    for (const worker of workers) {
      tell(`passwords: preparing ${worker.name}`);
      await stage.open(worker, DATABASE, true);
      await worker.call.signUp(DATABASE, PEOPLE, world({ users: 1 }));
    }
    const totals = new Map(workers.map(({ name }) => [name, [] as number[]]));
    const delays = await alternate(workers, settings.slowRounds, async ({ name, call }, round) => {
      tell(`passwords: round ${round + 1} of ${settings.slowRounds}, ${name}`);
      const { totalMs, longestDelayMs } = await call.signIn(DATABASE, PEOPLE);
      totals.get(name)?.push(totalMs);
      return longestDelayMs;
    });
    const both = { dialect, unit: "ms", reference: OFFICIAL } as const;
    const title = `${PEOPLE.length} people sign in at once`;
    return [
      {
        ...both,
        work: "passwords-delay",
        title: `${title}: longest delay of the event loop`,
        values: delays,
      },
      {
        ...both,
        work: "passwords-time",
        title: `${title}: until the last one is in`,
        values: Object.fromEntries(totals),
      },
    ];
  },
};
