import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  createMysqlDatabase,
  createPostgresDatabase,
  startMariadb,
  startPostgres,
} from "@kysely-lucia/services";
import { expect, onTestFinished, test } from "vitest";

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The blocks of TypeScript in a Markdown file. */
async function snippets(path: string): Promise<string[]> {
  const markdown = await readFile(path, "utf8");
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
}

/** A folder with one file of an app that has installed the packages, as they were built. */
async function appFolder(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-readme-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(at("../node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "app.ts"), code);
  return folder;
}

const strict = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--skipLibCheck"];
const modern = ["--module", "nodenext", "--target", "es2022", "--types", "node"];

/** What the first snippet of a README prints, once it was found to compile. */
async function firstSnippetOf(readme: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const [snippet = ""] = await snippets(at(`../../../${readme}`));
  const cwd = await appFolder(snippet);
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  await run(process.execPath, [tsc, ...strict, ...modern, "app.ts"], { cwd });
  const { stdout, stderr } = await run(process.execPath, ["--import", "tsx", "app.ts"], {
    cwd,
    env: { ...process.env, ...env },
  });
  expect(stderr).toBe("");
  return stdout.trim().split("\n");
}

test("the README opens with a snippet that compiles and runs as it stands", async () => {
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
