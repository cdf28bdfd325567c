/**
 * What Stryker knows of each part, kept in the repository, so that a run tries only what was changed since.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { reportOf } from "./score.mjs";

const keptAs = (part) => `scripts/mutation/known/${part}.json.gz`;

/** Gives Stryker what is kept, unless it knows something already. */
export function recall(part) {
  const report = reportOf(part);
  if (existsSync(report) || !existsSync(keptAs(part))) return;
  mkdirSync(path.dirname(report), { recursive: true });
  writeFileSync(report, gunzipSync(readFileSync(keptAs(part))));
}

/** Keeps what Stryker knows now. */
export function keep(part) {
  if (!existsSync(reportOf(part))) return;
  mkdirSync(path.dirname(keptAs(part)), { recursive: true });
  writeFileSync(keptAs(part), gzipSync(readFileSync(reportOf(part)), { level: 9 }));
}
