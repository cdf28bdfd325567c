import type { DatabaseName } from "../scenarios/scenario.js";
import { table } from "./markdown.js";
import { cellText, type Results } from "./results.js";

/** Each defect that there is on one database. */
export function databaseTable(results: Results, database: DatabaseName): string {
  const rows = results.defects.flatMap((defect) => {
    const byHand = cellText(results, defect, "by-hand", database);
    if (byHand === undefined) return [];
    return [[defect.id, defect.name, byHand, cellText(results, defect, "ours", database) ?? "–"]];
  });
  return table(["", "what goes wrong", "by hand", "here"], rows);
}
