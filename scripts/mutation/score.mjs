import { existsSync, readFileSync } from "node:fs";
import { packages, parts } from "./parts.mjs";

const DETECTED = ["Killed", "Timeout"];
const UNDETECTED = ["Survived", "NoCoverage"];

/** Where Stryker keeps what it knows of a part. */
export const reportOf = (part) => `mutation-results/${part}.incremental.json`;

/** How many mutants of a package the tests have noticed, over all of its parts and whenever that was. */
export function scoreOf(name) {
  const results = packages[name].flatMap((part) => {
    const { files } = existsSync(reportOf(part))
      ? JSON.parse(readFileSync(reportOf(part), "utf8"))
      : { files: {} };
    return parts[part].mutate.map((file) => ({ file, mutants: files[file]?.mutants }));
  });
  const statuses = results.flatMap(({ mutants = [] }) => mutants.map(({ status }) => status));
  const count = (kinds) => statuses.filter((status) => kinds.includes(status)).length;
  const killed = count(DETECTED);
  const all = killed + count(UNDETECTED);
  const score = all === 0 ? "–" : ((100 * killed) / all).toFixed(1);
  const without = results.filter(({ mutants }) => !mutants).map(({ file }) => file);
  return (
    `${name}: ${score} % (${killed} of ${all} mutants)` +
    // Half of the files may have another score than all of them.
    (without.length > 0 ? `\n  types only, or not done yet: ${without.join(", ")}` : "")
  );
}
