import { procedures } from "./procedures/index.js";
import { run } from "./run.js";
import { QUICK } from "./settings.js";

const r = await run(
  {
    settings: { ...QUICK, users: 500, rounds: 3, roundMs: 30, warmUpMs: 50, slowRounds: 2 },
    dialects: (process.argv[2] ?? "sqlite").split(",") as never,
    procedures: procedures.filter((p) => !process.argv[3] || p.name.startsWith(process.argv[3])),
    ours: "built",
  },
  (w, p) => console.error(p.toFixed(2), w),
);
for (const m of r.measurements) {
  console.log(m.work, m.dialect);
  for (const [k, v] of Object.entries(m.values))
    console.log("   ", k, v.map((x) => Math.round(x)).join(" "));
}
