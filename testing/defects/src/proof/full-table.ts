import { wirers } from "./cells.js";
import { table } from "./markdown.js";
import { cellText, type Results, reasonOf } from "./results.js";

const WIRERS = { "by-hand": "by hand", ours: "here" } as const;

/** Each defect on each wiring and database. */
export function fullTable(results: Results): string {
  const { columns } = results;
  const heads = columns.flatMap(({ label }) => wirers.map((wirer) => `${label}, ${WIRERS[wirer]}`));
  const rows = results.defects.map((defect) => {
    const cells = columns.flatMap(({ database }) =>
      wirers.map(
        (wirer) =>
          cellText(results, defect, wirer, database) ??
          (wirer === "by-hand" ? `– (${reasonOf(defect, database)})` : "–"),
      ),
    );
    return [defect.id, defect.name, defect.instead, ...cells];
  });
  return table(["", "what goes wrong by hand", "what happens here", ...heads], rows);
}
