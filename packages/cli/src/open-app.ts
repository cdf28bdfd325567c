import path from "node:path";
import type { OpenedApp } from "./app.js";
import { findConfig, loadConfig } from "./config.js";
import { openUrl } from "./dialects.js";
import { CliError } from "./exit-codes.js";

/** Where the database is, as the command line says. */
export interface Source {
  readonly url?: string | undefined;
  readonly config?: string | undefined;
}

/**
 * The app that a command is about: of a file, or on a URL.
 *
 * @throws CliError where there is neither, or both
 */
export async function openApp({ url, config }: Source, folder: string): Promise<OpenedApp> {
  if (url !== undefined && config !== undefined) {
    throw new CliError("Both --url and --config were given. Expected one of them.");
  }
  if (url !== undefined) return { app: await openUrl(url, folder), knowsUserColumns: false };
  const file = config === undefined ? findConfig(folder) : path.resolve(folder, config);
  if (file === undefined) {
    throw new CliError(
      "There is no database to look at. Expected --url (or DATABASE_URL), --config with a file that exports what " +
        "the factory returns, or such a file by the name of kysely-lucia.config.ts here.",
    );
  }
  return { app: await loadConfig(file), knowsUserColumns: true };
}
