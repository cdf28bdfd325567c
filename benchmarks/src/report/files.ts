import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Results } from "./results.js";

const FOLDER = new URL("../../results/", import.meta.url);
/** Of the last run of everything. */
const LATEST = new URL("latest.json", FOLDER);
/** Of the last run of less than that. */
const PARTIAL = new URL("partial.json", FOLDER);

/** @returns the file's path */
export async function keepResults(results: Results, isComplete: boolean): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const file = isComplete ? LATEST : PARTIAL;
  await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
  return file.pathname;
}

/** Nothing where there was no such run yet. */
export async function latestResults(): Promise<Results | undefined> {
  if (!existsSync(LATEST)) return undefined;
  return JSON.parse(await readFile(LATEST, "utf8"));
}
