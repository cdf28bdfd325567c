import { startAppDatabase } from "@kysely-lucia/services";
import { expect, onTestFinished, test } from "vitest";
import { appFolder, printedBy } from "./support/app-folder.js";
import { blocksOf } from "./support/documents.js";

/** What the first snippet of a README prints. */
async function firstSnippetOf(readme: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const [snippet] = await blocksOf(readme);
  const folder = await appFolder({ "app.ts": snippet?.code ?? "" });
  return printedBy(folder, "app.ts", env);
}

test("the README opens with a snippet that runs as it stands", async () => {
  expect(await firstSnippetOf("README.md")).toEqual(["[ { username: 'ada', body: 'Welcome!' } ]"]);
});

test.each([
  ["sqlite", "number"],
  ["postgres", "string"],
  ["mysql", "number"],
] as const)("so does the one of the package for %s", async (dialect, integer) => {
  const { env, stop } = await startAppDatabase(dialect);
  onTestFinished(stop);
  const printed = await firstSnippetOf(`packages/${dialect}/README.md`, env);
  expect(printed).toEqual(["Ada", "taken", integer]);
});
