import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { CliError, EXIT } from "./errors.js";

/**
 * Imports a package that the user's project has installed: the app's own versions are the right ones.
 *
 * @param folder where to look from, and in the folders above it
 * @throws CliError that says how to install it
 */
export async function importFromProject(
  folder: string,
  name: string,
  install: string,
): Promise<Record<string, unknown>> {
  const file = resolve(folder, name);
  if (file === undefined) {
    throw new CliError(
      `This project has no ${name}. The database is reached with the packages of your app: run \`npm install ${install}\` ` +
        `in ${folder}, or start this program in the folder of the app.`,
      EXIT.failed,
    );
  }
  return await import(pathToFileURL(file).href);
}

/** As Node.js finds it for a module in that folder. Our packages have no entry for `require`. */
function resolve(folder: string, name: string): string | undefined {
  const require = createRequire(path.join(folder, "package.json"));
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
