import { OURS } from "../contestants/names.js";
import type { Measurement } from "../report/results.js";
import { validate } from "../work/validate.js";
import type { Procedure } from "./procedure.js";
import { MAIN } from "./stage.js";

/** What is left of the memory, and how the event loop fares, when validation goes on at full rate. */
export const memory: Procedure = {
  name: "memory",
  belongsTo: (_dialect, { memoryMs }) => memoryMs > 0,
  run: async (stage) => {
    const { dialect, settings, inFlight, tell } = stage;
    const [worker] = await stage.workers([OURS]);
    if (!worker) return [];
    await worker.call.prepare(MAIN, validate.name, validate.world(settings.users));
    tell(`memory: validating for ${settings.memoryMs / 1000} s`);
    const load = { ms: settings.memoryMs, inFlight };
    const { bytesPerCall, delayMs } = await worker.call.steady(MAIN, load);
    const { name } = worker;
    const one = (
      work: string,
      title: string,
      unit: Measurement["unit"],
      value: readonly number[],
    ): Measurement => ({
      work: `memory-${work}`,
      title: `validating at full rate: ${title}`,
      dialect,
      unit,
      values: { [name]: value },
      reference: undefined,
    });
    return [
      one("heap", "growth of the heap with each call", "bytes", [bytesPerCall]),
      one("delay-p50", "delay of the event loop, median", "ms", delayMs.p50),
      one("delay-p99", "delay of the event loop, 99th percentile", "ms", delayMs.p99),
      one("delay-max", "delay of the event loop, longest", "ms", [delayMs.max]),
    ];
  },
};
