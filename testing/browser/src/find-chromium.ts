import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** The one without windows first: the same engine, at a quarter of the cost. */
const COMMANDS = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];

/** Where a browser is looked for; a test gives its own. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/**
 * The path of an installed Chromium or Chrome, if there is one.
 *
 * @throws Error where `CHROMIUM_PATH` is set to something that cannot be run: another browser than
 *   the one asked for would be a surprise.
 */
export function findChromium({ env, platform }: Machine = process): string | undefined {
  const chosen = env["CHROMIUM_PATH"];
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is set to ${chosen}, which is not a program that can be run.`);
  }
  return [...onPath(env["PATH"] ?? ""), ...inUsualPlaces({ env, platform })].find(isExecutable);
}

function onPath(searchPath: string): string[] {
  const folders = searchPath.split(path.delimiter).filter(Boolean);
  return COMMANDS.flatMap((command) => folders.map((folder) => path.join(folder, command)));
}

function inUsualPlaces({ env, platform }: Machine): string[] {
  if (platform === "darwin") {
    return ["/Applications", path.join(env["HOME"] ?? "", "Applications")].flatMap((folder) =>
      ["Google Chrome", "Chromium"].map((name) =>
        path.join(folder, `${name}.app`, "Contents", "MacOS", name),
      ),
    );
  }
  if (platform === "win32") {
    return [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]].flatMap((folder) =>
      folder
        ? ["Google\\Chrome", "Chromium"].map((name) =>
            path.win32.join(folder, name, "Application", "chrome.exe"),
          )
        : [],
    );
  }
  return [];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
