import { readFile, writeFile } from "node:fs/promises";
import { withSection } from "@kysely-lucia/docs";
import type { DatabaseName } from "../scenarios/scenario.js";
import { compactTable } from "./compact-table.js";
import { databaseTable } from "./database-table.js";
import { fullTable } from "./full-table.js";
import type { Results } from "./results.js";

const ROOT = new URL("../../../../", import.meta.url);

export const README = new URL("README.md", ROOT);
export const DEFECTS = new URL("docs/defects.md", ROOT);

/** The README of the package for a database. */
export const readmeOf = (database: DatabaseName) => new URL(`packages/${database}/README.md`, ROOT);

/** Puts the results where they are shown. */
export async function writeDocuments(results: Results): Promise<void> {
  const versions = `By \`pnpm proof\` with ${results.versions.join(", ")}.`;
  const tables = [
    { document: README, table: compactTable(results) },
    { document: DEFECTS, table: fullTable(results) },
    ...results.columns.map(({ database }) => ({
      document: readmeOf(database),
      table: databaseTable(results, database),
    })),
  ];
  for (const { document, table } of tables) {
    const text = await readFile(document, "utf8");
    await writeFile(document, withSection(text, "proof", `${table}\n\n${versions}`));
  }
}
