import { readFile, writeFile } from "node:fs/promises";
import { withSection } from "@kysely-lucia/docs";
import { compactTable } from "./compact-table.js";
import { fullTable } from "./full-table.js";
import type { Results } from "./results.js";

export const README = new URL("../../../../README.md", import.meta.url);
export const DEFECTS = new URL("../../../../docs/defects.md", import.meta.url);

/** Puts the results where they are shown. */
export async function writeDocuments(results: Results): Promise<void> {
  const versions = `By \`pnpm proof\` with ${results.versions.join(", ")}.`;
  const tables = [
    { document: README, table: compactTable(results) },
    { document: DEFECTS, table: fullTable(results) },
  ];
  for (const { document, table } of tables) {
    const text = await readFile(document, "utf8");
    await writeFile(document, withSection(text, "proof", `${table}\n\n${versions}`));
  }
}
