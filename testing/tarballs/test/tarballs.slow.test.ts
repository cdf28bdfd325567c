import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { startAppDatabase } from "@kysely-lucia/services";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { PRINTED } from "../src/app.js";
import { compilersFor, filesIn } from "../src/compilers.js";
import { dialects } from "../src/dialects.js";
import { newProject, packed } from "../src/project.js";
import { run } from "../src/run.js";

let tarballs: ReadonlyMap<string, string>;

beforeAll(async () => {
  tarballs = await packed(dialects.map(({ name }) => name));
});

afterAll(async () => {
  const [file] = tarballs?.values() ?? [];
  if (file) await rm(dirname(file), { recursive: true, force: true });
});

/** All files of a folder. Links are not followed: pnpm makes them to what is there. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** The folders of installed packages, by their names, wherever they are. */
async function installed(folder: string): Promise<Map<string, string>> {
  const files = await filesBelow(join(folder, "node_modules"));
  return new Map(
    files.flatMap((file) => {
      const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file) ?? [];
      return name === undefined ? [] : [[name, dirname(file)]];
    }),
  );
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = (await filesBelow(folder)).map(async (file) => (await stat(file)).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

const projects = dialects.flatMap((dialect) =>
  (["npm", "pnpm"] as const).map((manager) => ({ dialect, manager, name: dialect.name })),
);

describe.each(projects)("a new project on $name, by $manager,", ({ dialect, manager }) => {
  let folder: string;

  beforeAll(async () => {
    folder = await newProject(dialect, manager, tarballs);
  });

  afterAll(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  test("gets the driver of its database, and no other one", async () => {
    const found = await installed(folder);
    const drivers = dialects.map(({ driver }) => driver);
    expect(drivers.filter((driver) => found.has(driver))).toEqual([dialect.driver]);
  });

  // The same bound as in `scripts/check-packages.mjs`, of what was installed.
  test("gets no more than 250,000 bytes of ours", async () => {
    const found = [...(await installed(folder))];
    const own = found.filter(([name]) => name.startsWith("@kysely-lucia/"));
    expect(own.map(([name]) => name).toSorted()).toEqual(
      ["core", "schema", dialect.name].map((name) => `@kysely-lucia/${name}`).toSorted(),
    );
    const sizes = await Promise.all(own.map(([, path]) => sizeOf(path)));
    const size = sizes.reduce((sum, one) => sum + one, 0);
    console.log(`${dialect.name}, by ${manager}: ${size} bytes unpacked`);
    expect(size).toBeLessThan(250_000);
  });

  test.each(compilersFor(dialect.name, manager))(
    "compiles with TypeScript $version, libraries' declarations included",
    async ({ errorsOf }) => {
      const errors = await errorsOf(folder);
      const wrong = filesIn(errors);
      const own = wrong.filter(
        (file) => !file.includes("node_modules/") || file.includes("@kysely-lucia/"),
      );
      expect(own, errors).toEqual([]);
      // lucia-auth's declarations have errors of their own: that they are seen shows that declarations are looked at.
      expect(wrong.filter((file) => file.includes("/lucia-auth/"))).not.toEqual([]);
    },
  );

  test("signs somebody up, in and out", async () => {
    const { env, stop } = await startAppDatabase(dialect.name);
    onTestFinished(stop);
    const { stdout, stderr } = await run(folder, process.execPath, ["built/app.js"], env);
    expect(stderr).toBe("");
    expect(stdout).toBe(PRINTED);
  });
});
