/**
 * Looks at each published package as npm would get it: that its manifest and declarations work for
 * those who install it, that it carries its licence and README, and how large it is.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bytes on disk, for one dialect package with core and schema. */
const MOST = 250_000;
/** What every dialect package brings along. */
const SHARED = ["core", "schema"];
/** Nobody imports these: they have no declarations, and bring nothing of ours along. */
const PROGRAMS = ["cli"];

const folder = mkdtempSync(join(tmpdir(), "kysely-lucia-packages-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8" });
const tool = (name) => join("node_modules", ".bin", name);
const fail = (message) => {
  console.error(message);
  process.exit(1);
};

function check(name) {
  const tarball = join(folder, `${name}.tgz`);
  run("pnpm", "--dir", join("packages", name), "pack", "--out", tarball);
  const unpacked = join(folder, name);
  mkdirSync(unpacked);
  run("tar", "-xzf", tarball, "-C", unpacked);
  const root = join(unpacked, "package");

  try {
    run(tool("publint"), "run", "--strict", tarball);
    if (!PROGRAMS.includes(name)) run(tool("attw"), "--profile", "esm-only", tarball);
  } catch (error) {
    fail(`${name}: ${error.stdout}`);
  }
  const built = PROGRAMS.includes(name) ? ["dist/main.js"] : ["dist/index.js", "dist/index.d.ts"];
  for (const file of ["LICENSE", "README.md", ...built]) {
    if (!statSync(join(root, file), { throwIfNoEntry: false })) fail(`${name} lacks ${file}`);
  }
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  if (/workspace:|catalog:|kysely-lucia\/source/.test(manifest)) {
    fail(`${name} carries what only the workspace understands:\n${manifest}`);
  }
  return sizeOf(root);
}

function sizeOf(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, entry) => sum + sizeOf(join(path, entry)), 0);
}

const sizes = new Map(readdirSync("packages").map((name) => [name, check(name)]));
const shared = SHARED.reduce((sum, name) => sum + sizes.get(name), 0);
for (const [name, size] of sizes) {
  const isAlone = SHARED.includes(name) || PROGRAMS.includes(name);
  const installed = isAlone ? size : size + shared;
  console.log(`${name}: ${size} bytes, ${installed} with what it brings along`);
  if (installed > MOST) fail(`${name} is larger than ${MOST} bytes`);
}
