import { setImmediate as nextTurn } from "node:timers/promises";
import { inspect } from "node:util";
import type { Message } from "./run.js";
import { scenarios } from "./scenarios/index.js";
import { wirings } from "./wirings/index.js";

/** The process of one scenario. `run.ts` starts it and is told how far it came. */
const [id, wiringName, location = ""] = process.argv.slice(2);
const scenario = scenarios.find((one) => one.id === id);
const load = Object.entries(wirings).find(([name]) => name === wiringName)?.[1];
if (!scenario || !load) throw new Error(`There is no scenario ${id} or no wiring ${wiringName}.`);

const tell = (message: Message, told = () => {}) => process.send?.(message, told);
// Whatever is still open, such as a server, ends with the process.
const tellAndExit = (message: Message) => tell(message, () => process.exit());

try {
  const source = await load();
  const wiring = await source.open(location, {
    lucia: scenario.lucia ?? {},
    pool: scenario.pool ?? {},
    plugins: scenario.plugins,
  });
  tell({ type: "started" });
  const observation = await scenario.run(wiring);
  // A rejection that was caught by nobody ends the process here, before it can report.
  await nextTurn();
  tellAndExit({ type: "observed", observation });
} catch (error) {
  tellAndExit({ type: "threw", error: inspect(error) });
}
