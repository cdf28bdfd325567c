import { OURS } from "../contestants/names.js";
import { alternate } from "../measure/alternate.js";
import { validate } from "../work/validate.js";
import type { Procedure } from "./procedure.js";

export const ALONE = "validating alone";
export const BESIDE = "beside deleteExpired";
const DATABASE = "expired";

/** Deleting what has expired, by the million: what is left to validations meanwhile, and of the memory. */
export const deleteExpired: Procedure = {
  name: "delete-expired",
  belongsTo: (_dialect, { expired }) => expired > 0,
  run: async (stage) => {
    const { dialect, settings, inFlight, tell } = stage;
    const { expired, slowRounds, requestMs: ms, warmUpMs } = settings;
    const [worker] = await stage.workers([OURS]);
    if (!worker) return [];
    const { call } = worker;
    tell(`delete-expired: filling in ${expired.toLocaleString("en")} sessions`);
    await stage.open(worker, DATABASE);
    await call.prepare(DATABASE, validate.name, validate.world(settings.users));
    await call.fillExpired(DATABASE, expired);
    await call.rate(DATABASE, 0, { ms: warmUpMs, inFlight });
    const entries = [
      { name: ALONE, rate: call.rate },
      { name: BESIDE, rate: call.rateBesideDeleting },
    ];
    const values = await alternate(entries, slowRounds, ({ name, rate }, round) => {
      tell(`delete-expired: round ${round + 1} of ${slowRounds}, ${name}`);
      return rate(DATABASE, round, { ms, inFlight });
    });
    tell("delete-expired: deleting the rest");
    const bytes = await call.deleteExpired(DATABASE);
    return [
      {
        work: "delete-expired",
        title: "validate while expired sessions are deleted",
        dialect,
        unit: "per second",
        values,
        reference: ALONE,
      },
      {
        work: "delete-expired-heap",
        title: "deleting expired sessions: growth of the heap with each",
        dialect,
        unit: "bytes",
        values: { [worker.name]: [bytes] },
        reference: undefined,
      },
    ];
  },
};
