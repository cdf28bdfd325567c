import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { createJiti } from "jiti";
import { type App, isApp, missingMembers } from "./app.js";
import { CliError, messageOf } from "./errors.js";

/** Looked for where neither a file nor a URL is given. */
const NAMES = ["ts", "mts", "js", "mjs"].map((ending) => `kysely-lucia.config.${ending}`);

/** The file of that name in a folder, if there is one. */
export function findConfig(folder: string): string | undefined {
  return NAMES.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

/**
 * The app that a file exports: what the factory has returned, as the default export, as an export of any name, or its
 * members one by one.
 *
 * @throws CliError where there is none, with what the file itself throws
 */
export async function loadConfig(file: string): Promise<App> {
  if (!existsSync(file)) throw new CliError(`There is no file ${file}.`);
  if (!statSync(file).isFile()) throw new CliError(`${file} is no file. Expected one.`);
  // Otherwise a copy of it, with whatever it holds, would be left in a folder for such copies.
  const loader = createJiti(file, { fsCache: false });
  const module = await loader.import<Record<string, unknown>>(file).catch((error: unknown) => {
    throw new CliError(`${file} has failed: ${messageOf(error)}`);
  });
  const found = [module, ...Object.values(module)].find(isApp);
  if (found) return found;
  const names = Object.keys(module);
  throw new CliError(
    `${file} exports ${names.length === 0 ? "nothing" : names.join(", ")}. Expected what the factory returns: ` +
      "`export default kyselyLucia({ … })`, `export const kit = kyselyLucia({ … })`, or its members one by one, of which are " +
      `missing: ${missingMembers(module).join(", ")}.`,
  );
}
