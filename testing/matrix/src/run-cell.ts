import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Cell, DATABASES, type Database } from "./cells.js";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const RESULTS = "test-results/vitest.json";

/** What came of the tests of one database in one cell. */
export interface Outcome {
  readonly cell: Cell;
  readonly database: Database;
  /** The exact release of Node.js. */
  readonly node: string;
  readonly passed: number;
  readonly failed: number;
  /** What could not be done before any test was run. */
  readonly problem?: string;
}

/**
 * @param report of vitest; undefined where there is none. A file that could not be loaded, or what fails before its tests, is
 *   no failed test to it
 */
export function countsOf(
  report: VitestReport | undefined,
): Pick<Outcome, "passed" | "failed" | "problem"> {
  if (!report) return { passed: 0, failed: 0, problem: "The tests did not begin." };
  const { success, numPassedTests: passed, numFailedTests: failed } = report;
  if (success && passed > 0) return { passed, failed };
  const problem = failed > 0 ? undefined : "Some of the tests could not be run.";
  return { passed, failed, ...(problem !== undefined && { problem }) };
}

interface VitestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/** Tests what is committed in a clone of its own, with the packages of this cell. */
export async function* runCell(
  cell: Cell,
  databases: readonly Database[],
): AsyncGenerator<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), "kysely-lucia-matrix-"));
  try {
    await run(folder, "git", ["clone", "--quiet", ROOT, "."]);
    await choosePackages(folder, cell);
    const shell = await CellShell.install(folder, cell.node);
    const node = await shell.version();
    const problem = await shell.pnpm("install", "--no-frozen-lockfile").then(nothing, String);
    for (const database of databases) {
      if (problem !== undefined) {
        yield { cell, database, node, passed: 0, failed: 0, problem };
        continue;
      }
      const { project, folder: tests } = DATABASES[database];
      await rm(path.join(folder, RESULTS), { force: true });
      await shell.pnpm("exec", "vitest", "run", "--project", project, tests).catch(nothing);
      const report = await readFile(path.join(folder, RESULTS), "utf8").then(JSON.parse, nothing);
      yield { cell, database, node, ...countsOf(report) };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Wherever in the workspace they are used. */
async function choosePackages(folder: string, { packages }: Cell): Promise<void> {
  const file = path.join(folder, "pnpm-workspace.yaml");
  const lines = Object.entries(packages).map(([name, version]) => `  ${name}: ${version}\n`);
  const settings = await readFile(file, "utf8");
  const [before, after] = settings.split(/^overrides:\n/m);
  if (after === undefined) throw new Error("pnpm-workspace.yaml has no overrides to add these to.");
  await writeFile(file, `${before}overrides:\n${lines.join("")}${after}`);
}

/** Runs pnpm on a release of Node.js. Both come from npm, with the headers that addons are compiled against. */
class CellShell {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  static async install(folder: string, node: number): Promise<CellShell> {
    const { packageManager } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
    const platform = `node-${process.platform}-${process.arch}`;
    const tools = path.join(folder, ".tools");
    const install = [
      "install",
      "--no-save",
      "--prefix",
      tools,
      `${platform}@${node}`,
      packageManager,
    ];
    await run(folder, "npm", install);
    const modules = path.join(tools, "node_modules");
    const home = path.join(modules, platform);
    const programs = [path.join(home, "bin"), path.join(modules, ".bin"), process.env["PATH"]];
    return new CellShell(folder, {
      CI: "true",
      PATH: programs.join(path.delimiter),
      npm_config_nodedir: home,
    });
  }

  /** The exact release of Node.js. */
  async version(): Promise<string> {
    return (await run(this.#folder, "node", ["--version"], this.#env)).trim().slice(1);
  }

  async pnpm(...args: readonly string[]): Promise<string> {
    return await run(this.#folder, "pnpm", args, this.#env);
  }
}

/** @throws Error with the end of what the command has said, where it has failed */
async function run(
  cwd: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) =>
    stream.setEncoding("utf8").toArray(),
  );
  const [code] = await once(child, "close");
  const said = ((await stdout) ?? []).join("");
  if (code === 0) return said;
  const all = `${said}\n${((await stderr) ?? []).join("")}`.trim().split("\n");
  throw new Error(`${command} ${args.join(" ")} has failed:\n${all.slice(-30).join("\n")}`);
}

const nothing = () => undefined;
