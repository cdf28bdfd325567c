import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const NODE_MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** The compiler's options where a document names none. */
const TSCONFIG = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    module: "nodenext",
    target: "es2022",
    types: ["node"],
  },
};

/** A folder with files of an app that has installed the packages, as they were built. */
export async function appFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-docs-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(NODE_MODULES, join(folder, "node_modules"));
  const all = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify(TSCONFIG),
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

/** What the compiler has to say of such a folder, which is nothing where all is well. */
export async function errorsOf(folder: string): Promise<string> {
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
  const { stdout, stderr } = await run(process.execPath, [tsc, "-p", "."], { cwd: folder }).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  // What has kept the compiler itself from working counts, too.
  return stdout + stderr;
}

/** How an app of such a folder is started. */
export const start = (file: string): [string, string[]] => [
  process.execPath,
  ["--import", "tsx", file],
];

/** The lines that an app prints until it ends. */
export async function printedBy(
  folder: string,
  file: string,
  env: NodeJS.ProcessEnv = {},
  ...args: string[]
): Promise<string[]> {
  // Node.js colours what it prints where Vitest itself writes to a terminal.
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const [node, options] = start(file);
  const { stdout, stderr } = await run(node, [...options, ...args], {
    cwd: folder,
    env: { ...inherited, ...env },
  });
  if (stderr !== "") throw new Error(stderr);
  return stdout.trim().split("\n");
}
