import { procedures } from "./src/procedures/index.js";
import { fullReport } from "./src/report/summary.js";
import { run } from "./src/run.js";
import { QUICK } from "./src/settings.js";

const only = (process.argv[3] ?? "").split(",");
const t0 = performance.now();
let last = t0;
let before = "";
const r = await run(
  {
    settings: {
      ...QUICK,
      rounds: 2,
      roundMs: 100,
      slowRounds: 1,
      users: 1000,
      growth: JSON.parse(process.argv[4] ?? "[1000,5000]"),
      memoryMs: 2600,
    },
    dialects: [process.argv[2]] as never,
    procedures: procedures.filter(
      (p) => only.some((o) => p.name.startsWith(o)) && p.name !== "passwords",
    ),
    ours: "built",
  },
  (w) => {
    const n = performance.now();
    if (n - last > 2500) console.error(Math.round(n - last), "ms for", before);
    last = n;
    before = w;
  },
);
console.log(fullReport(r).split("By `pnpm")[0]);
console.log(performance.now() - t0);
