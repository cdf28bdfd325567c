import { provideDatabase } from "./provide-database.js";
import { runCommand } from "./run-command.js";
import { readSettings, SettingsError } from "./settings.js";

try {
  const { kind, command, env } = readSettings(process.argv.slice(2), process.env);
  const database = await provideDatabase(kind, env["DATABASE_URL"]);
  if (database.notice) console.error(`${database.notice}\n`);
  try {
    process.exitCode = await runCommand(command, { ...env, DATABASE_URL: database.url });
  } finally {
    await database.end();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof SettingsError ? 2 : 1;
}
