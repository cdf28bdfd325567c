import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end. */
function proof(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const command = ["--import", "tsx", at("../src/proof.ts"), ...args];
  const options = { cwd: at(".."), env: { ...process.env, ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

test("prints a table, tells by lines how far it is, and ends well", async () => {
  const { code, stdout, stderr } = await proof(["--on", "sqlite", "D5", "D18"]);
  const lines = stderr.trimEnd().split("\n");
  expect(code).toBe(0);
  expect(lines.map((line) => line.slice(0, 7))).toEqual(["1 of 2:", "2 of 2:"]);
  // Whichever of the two ends first.
  expect(lines.map((line) => line.slice(8)).sort()).toEqual([
    "D18 by-hand-sqlite fails: still open",
    "D18 ours-sqlite holds",
  ]);
  expect(stdout).toMatch(/^\| D5 \|.*\| – \(another driver\) \| – \|$/m);
  expect(stdout).toMatch(/^\| D18 \|.*\| fails: still open \| holds \|$/m);
  expect(stdout).toMatch(/lucia-auth 1\.8\.0, .*, SQLite 3\.\d/);
});

test("ends with 1 where something could not be run", async () => {
  const endChildren = new URL("./support/end-children.cjs", import.meta.url);
  const preload = `--require=${fileURLToPath(endChildren)}`;
  const { code, stdout, stderr } = await proof(["--on", "sqlite", "D18"], {
    NODE_OPTIONS: preload,
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^\| D18 \|.*\| NOT AS EXPECTED: not run: /m);
  expect(stderr).toContain("2 of 2 are not as expected.");
});

test("ends with 2, and a usage, where it is called wrongly", async () => {
  const { code, stderr } = await proof(["D30"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^There is no D30\.\n\nUsage: pnpm proof/);
});
