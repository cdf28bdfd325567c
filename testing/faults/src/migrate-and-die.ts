// A process that migrates, and ends as `kill -9` ends it once it has run so many statements that change something:
// `migrate-and-die.ts <database> <place> <statements>`. Writes a line and ends by itself where there are not as many.
import { openApp } from "./apps/index.js";

const [database = "", place = "", statements = ""] = process.argv.slice(2);
let left = Number(statements);
const { app } = await openApp(database, place, {
  log: ({ query }) => {
    if (/^\s*select/i.test(query.sql)) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
  },
});
await app.migrate();
await app.close();
process.stdout.write("migrated\n");
