import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { appFolder, errorsOf } from "./support/app-folder.js";
import { blocksOf, ROOT } from "./support/documents.js";

/** Compiled and run by `guides.slow.test.ts`. */
const APPS = ["docs/getting-started.md"];

async function documents(): Promise<string[]> {
  const inFolder = async (folder: string) =>
    (await readdir(`${ROOT}${folder}`)).map((name) => `${folder}/${name}`);
  const guides = (await inFolder("docs")).filter((path) => path.endsWith(".md"));
  const packages = (await inFolder("packages")).map((path) => `${path}/README.md`);
  return ["README.md", ...packages, ...guides].filter((path) => !APPS.includes(path));
}

test("all code in the documents compiles, with what it may take for given", async () => {
  const files: Record<string, string> = {
    "context.ts": await readFile(`${ROOT}testing/docs/context/context.ts`, "utf8"),
  };
  for (const document of await documents()) {
    const folder = document.replace(/\.md$/, "");
    for (const { line, file, code } of await blocksOf(document)) {
      // Whatever a block declares is its own.
      files[`${folder}/${file ?? `line-${line}.ts`}`] = `${code}\nexport {};\n`;
    }
  }
  expect(Object.keys(files).length).toBeGreaterThan(30);
  expect(await errorsOf(await appFolder(files))).toBe("");
});
