import { KYSELY, OFFICIAL } from "../contestants/names.js";
import { alternate } from "../measure/alternate.js";
import type { Work } from "../work/work.js";
import type { Worker } from "../worker/start.js";
import type { Procedure } from "./procedure.js";
import { MAIN } from "./stage.js";

/** The rates of all who can do a piece of work. */
export const rate = (work: Work): Procedure => ({
  name: work.name,
  belongsTo: () => true,
  run: async (stage) => {
    const { dialect, settings, inFlight, tell } = stage;
    const { rounds, roundMs, warmUpMs, users } = settings;
    const able: Worker[] = [];
    for (const worker of await stage.workers()) {
      tell(`${work.name}: preparing ${worker.name}`);
      if (!(await worker.call.prepare(MAIN, work.name, work.world(users)))) continue;
      await worker.call.rate(MAIN, 0, { ms: warmUpMs, inFlight });
      able.push(worker);
    }
    const values = await alternate(able, rounds, ({ name, call }, round) => {
      tell(`${work.name}: round ${round + 1} of ${rounds}, ${name}`);
      return call.rate(MAIN, round, { ms: roundMs, inFlight });
    });
    const reference = [OFFICIAL, KYSELY].find((name) => name in values);
    const { name, title } = work;
    return [{ work: name, title, dialect, unit: "per second", values, reference }];
  },
});
