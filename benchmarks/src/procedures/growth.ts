import { OURS, RAW } from "../contestants/names.js";
import { alternate } from "../measure/alternate.js";
import { validate } from "../work/validate.js";
import { world } from "../work/work.js";
import type { Procedure } from "./procedure.js";

const SESSIONS_PER_USER = 10;
const MICROSECONDS = 1e6;

/** What an entry is called in results. */
export const sessions = (count: number) => `${count.toLocaleString("en")} sessions`;

/** The time for a validation in tables of several sizes, in one process, and what the driver alone takes. */
export const growth: Procedure = {
  name: "growth",
  belongsTo: (_dialect, { growth: sizes }) => sizes.length > 0,
  run: async (stage) => {
    const { dialect, settings, inFlight, tell } = stage;
    const { rounds, roundMs, warmUpMs, growth: sizes } = settings;
    const workers = await stage.workers([OURS, RAW]);
    const entries = workers.flatMap((worker) =>
      sizes.map((size) => ({ name: `${worker.name}, ${sessions(size)}`, size, worker })),
    );
    for (const { name, size, worker } of entries) {
      tell(`growth: filling in ${name}`);
      await stage.open(worker, name);
      const large = world({
        users: Math.ceil(size / SESSIONS_PER_USER),
        sessionsPerUser: SESSIONS_PER_USER,
      });
      await worker.call.prepare(name, validate.name, large);
    }
    for (const { name, worker } of entries) {
      await worker.call.rate(name, 0, { ms: warmUpMs, inFlight });
    }
    const values = await alternate(entries, rounds, async ({ name, worker }, round) => {
      tell(`growth: round ${round + 1} of ${rounds}, ${name}`);
      return MICROSECONDS / (await worker.call.rate(name, round, { ms: roundMs, inFlight }));
    });
    return workers.map(({ name: contestant }) => ({
      work: contestant === OURS ? "growth" : "growth-raw",
      title: `growth: time per validation, ${contestant}`,
      dialect,
      unit: "µs",
      values: Object.fromEntries(
        sizes.map((size) => [sessions(size), values[`${contestant}, ${sessions(size)}`] ?? []]),
      ),
      reference: sizes.map(sessions)[0],
    }));
  },
};
