import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, "../../..");
const CHANGESETS = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
const FILES = ["package.json", "pnpm-workspace.yaml", ".changeset"];
/** What changesets reads and writes of a package. */
const OF_PACKAGES = ["package.json", "CHANGELOG.md"];

/** A package that a release gives another version. */
export interface Release {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What its changelog says of the new version. */
  readonly changes: string;
}

/** How large a change is. */
export type Bump = "patch" | "minor" | "major";

/** A copy of all that changesets knows of this repository, in which releases can be tried. */
export class ReleaseFolder {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<ReleaseFolder> {
    const folder = await mkdtemp(path.join(tmpdir(), "kysely-lucia-release-"));
    for (const file of FILES)
      await cp(path.join(ROOT, file), path.join(folder, file), { recursive: true });
    for (const place of await packagesIn(ROOT)) {
      await mkdir(path.join(folder, place), { recursive: true });
      for (const file of OF_PACKAGES) {
        await cp(path.join(ROOT, place, file), path.join(folder, place, file)).catch(ignoreMissing);
      }
    }
    // Where changesets finds what writes its changelogs.
    await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    await run("git", ["init", "--quiet", folder]);
    return new ReleaseFolder(folder);
  }

  /** Writes a changeset, as `pnpm changeset` does. */
  async change(packages: Readonly<Record<string, Bump>>, summary: string): Promise<void> {
    const lines = Object.entries(packages).map(
      ([name, bump]) => `"@kysely-lucia/${name}": ${bump}`,
    );
    const file = path.join(this.#folder, ".changeset", "sample-change.md");
    await writeFile(file, ["---", ...lines, "---", "", summary, ""].join("\n"));
  }

  /** Makes the next versions of what the changesets are about, and of those who carry it. */
  async version(): Promise<readonly Release[]> {
    const before = await this.#read();
    await run(process.execPath, [CHANGESETS, "version"], { cwd: this.#folder });
    const after = await this.#read();
    return [...after].flatMap(([name, { version: to, changelog }]) => {
      const from = before.get(name)?.version ?? "";
      return from === to ? [] : [{ name, from, to, changes: newestOf(changelog) }];
    });
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #read() {
    const packages = new Map<string, { version: string; changelog: string }>();
    for (const place of await packagesIn(this.#folder)) {
      const file = (name: string) => readFile(path.join(this.#folder, place, name), "utf8");
      const { name, version } = JSON.parse(await file("package.json"));
      const changelog = (await file("CHANGELOG.md").catch(ignoreMissing)) ?? "";
      packages.set(name, { version, changelog });
    }
    return packages;
  }
}

/** The folders of the packages, private ones too: changesets wants to know who uses what. */
async function packagesIn(root: string): Promise<string[]> {
  const found = ["benchmarks"];
  for (const parent of ["packages", "testing", "examples"]) {
    const names = await readdir(path.join(root, parent)).catch(() => []);
    found.push(...names.map((name) => path.join(parent, name)));
  }
  return found;
}

/** The part of the last version: the file begins with the name of the package, and each part with a version. */
function newestOf(changelog: string): string {
  const [, , newest = ""] = changelog.split(/^##? .*$/m);
  return newest.replaceAll(/\n\n+/g, "\n").trim();
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
