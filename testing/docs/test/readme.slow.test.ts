import {
  createMysqlDatabase,
  createPostgresDatabase,
  startMariadb,
  startPostgres,
} from "@kysely-lucia/services";
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

test("so does the one of the package for SQLite", async () => {
  const printed = await firstSnippetOf("packages/sqlite/README.md");
  expect(printed).toEqual(["Ada", "taken", "number"]);
});

test.each([
  ["postgres", startPostgres, createPostgresDatabase, "string"],
  ["mysql", startMariadb, createMysqlDatabase, "number"],
])("so does the one of the package for %s", async (dialect, start, createDatabase, integer) => {
  const server = await start();
  onTestFinished(server.stop);
  const { url } = await createDatabase(server.url);
  const printed = await firstSnippetOf(`packages/${dialect}/README.md`, { DATABASE_URL: url });
  expect(printed).toEqual(["Ada", "taken", integer]);
});
