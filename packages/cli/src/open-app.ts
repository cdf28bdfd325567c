import path from "node:path";
import type { OpenedApp } from "./app.js";
import { findConfig, loadConfig } from "./config.js";
import { openUrl } from "./dialects.js";
import { CliError } from "./errors.js";

/** Where the database is, as the command line and the environment say. */
export interface Source {
  readonly url?: string | undefined;
  readonly config?: string | undefined;
  readonly environmentUrl?: string | undefined;
}

/**
 * The app that a command is about. What was given comes first, then a file that is found by its name, then the environment:
 * the file knows more than a URL.
 *
 * @throws CliError where there is none of them, or more than one was given; whatever the file and the factory throw
 */
export async function openApp(
  { url, config, environmentUrl }: Source,
  folder: string,
): Promise<OpenedApp> {
  if (url !== undefined && config !== undefined) {
    throw new CliError("Both --url and --config were given. Expected one of them.");
  }
  const on = async (name: string, given: string) => ({
    app: await openUrl({ name, url: given }, folder),
    knowsUserColumns: false,
    place: given,
  });
  if (url !== undefined) return await on("--url", url);
  const file = config === undefined ? findConfig(folder) : path.resolve(folder, config);
  if (file !== undefined) {
    return { app: await loadConfig(file), knowsUserColumns: true, place: file };
  }
  if (environmentUrl !== undefined) return await on("DATABASE_URL", environmentUrl);
  throw new CliError(
    "There is no database to look at. Expected --url, --config with a file that exports what the factory returns, such a " +
      "file by the name of kysely-lucia.config.ts here, or DATABASE_URL.",
  );
}
