// A process with an app whose users come and go until it is killed: `users.ts <database> <place> <names>`.
// Writes a line for each step, when it is taken or acknowledged.
import { openApp } from "./apps/index.js";
import { formatEntry } from "./ledger.js";
import { startLoad } from "./load.js";

const [database = "", place = "", names = ""] = process.argv.slice(2);
const { app } = await openApp(database, place);
startLoad(app, names, 6, {
  note: (state, thing) => process.stdout.write(`${formatEntry(state, thing)}\n`),
  fail: (error) => {
    throw error;
  },
});
