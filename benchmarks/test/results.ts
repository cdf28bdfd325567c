import type { Results } from "../src/report/results.js";
import { FULL } from "../src/settings.js";

/** Results that nobody has measured. */
export const results: Results = {
  date: "2024-05-06T07:08:09.000Z",
  commit: "abc1234",
  machine: { cpu: "Processor", cores: 2, node: "20.0.0", system: "linux x64", busyBefore: 0.01 },
  versions: ["SQLite 3.50", "kysely 0.28"],
  settings: FULL,
  measurements: [
    {
      work: "validate",
      title: "validate an active session",
      dialect: "sqlite",
      unit: "per second",
      values: {
        "kysely-lucia": [240_000, 250_000, 180_000],
        "Lucia 1.x, official adapter": [100_000, 100_000, 60_000],
        "driver alone": [400_000, 400_000, 400_000],
      },
      reference: "Lucia 1.x, official adapter",
    },
    {
      work: "passwords-delay",
      title: "8 people sign in at once: longest delay of the event loop",
      dialect: "sqlite",
      unit: "ms",
      values: { "kysely-lucia": [40, 35, 50], "Lucia 1.x, official adapter": [1400, 1400, 1400] },
      reference: "Lucia 1.x, official adapter",
    },
    {
      work: "memory-heap",
      title: "validating at full rate: growth of the heap with each call",
      dialect: "sqlite",
      unit: "bytes",
      values: { "kysely-lucia": [0.25] },
      reference: undefined,
    },
  ],
};
