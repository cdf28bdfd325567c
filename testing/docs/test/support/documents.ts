import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type CodeBlock, typescriptIn } from "../../src/code-blocks.js";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** The blocks of TypeScript of a document, given by its path in the repository. */
export async function blocksOf(document: string): Promise<CodeBlock[]> {
  return typescriptIn(await readFile(`${ROOT}${document}`, "utf8"));
}

/** Those that are files, by their names. */
export async function filesOf(document: string): Promise<Record<string, string>> {
  const blocks = await blocksOf(document);
  return Object.fromEntries(
    blocks.flatMap(({ file, code }) => (file === undefined ? [] : [[file, code]])),
  );
}
