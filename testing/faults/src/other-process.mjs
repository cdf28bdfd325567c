// Another process on a SQLite file: runs statements, says so, and ends with its input.
import SQLite from "better-sqlite3";

const [path, ...statements] = process.argv.slice(2);
const database = new SQLite(path, { timeout: 10_000 });
for (const sql of statements) {
  const statement = database.prepare(sql);
  if (statement.reader) statement.all();
  else statement.run();
}
process.stdout.write("done\n");
process.stdin.resume();
