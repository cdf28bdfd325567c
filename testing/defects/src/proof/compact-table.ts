import type { Defect } from "../defects.js";
import type { Wirer } from "../wirings/index.js";
import { table } from "./markdown.js";
import { cellText, type Results } from "./results.js";

/** Each defect in one row, which names the databases where they differ. */
export function compactTable(results: Results): string {
  const rows = results.defects.map((defect) => [
    defect.id,
    defect.name,
    cell(results, defect, "by-hand"),
    cell(results, defect, "ours"),
  ]);
  return table(["", "what goes wrong", "by hand", "here"], rows);
}

function cell(results: Results, defect: Defect, wirer: Wirer): string {
  const { columns } = results;
  const groups: { text: string; labels: string[] }[] = [];
  for (const { database, label } of columns) {
    const text = cellText(results, defect, wirer, database);
    if (text === undefined) continue;
    const alike = groups.find((group) => wording(group.text) === wording(text));
    if (!alike) groups.push({ text, labels: [label] });
    else {
      alike.text = withRanges(alike.text, text);
      alike.labels.push(label);
    }
  }
  const everywhere = groups[0]?.labels.length === columns.length;
  // Where it is run at all is said once, in the column before.
  const asSaid = wirer === "ours" && groups.length === 1;
  return groups
    .map(({ text, labels }) => (everywhere || asSaid ? text : `${text} (${labels.join(", ")})`))
    .join("; ");
}

/** A number, or a range of them that was put in its place. */
const NUMBER = /\b\d+(?:–\d+)?\b/g;

const wording = (text: string) => text.replaceAll(NUMBER, "0");

/** One text for two that differ in their numbers: "waits 5–7 ms" for "waits 5 ms" and "waits 7 ms". */
export function withRanges(first: string, second: string): string {
  const others = second.match(NUMBER) ?? [];
  let index = 0;
  return first.replaceAll(NUMBER, (number) => {
    const ends = `${number}–${others[index]}`.split("–").map(Number);
    index += 1;
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    return low === high ? `${low}` : `${low}–${high}`;
  });
}
