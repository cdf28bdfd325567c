import { execFile } from "node:child_process";
import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import {
  createMysqlDatabase,
  createPostgresDatabase,
  startMariadb,
  startPostgres,
} from "@kysely-lucia/services";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { PRINTED } from "../src/app.js";
import { compilersFor, filesIn } from "../src/compilers.js";
import { type Dialect, dialects } from "../src/dialects.js";
import { newProject, packed } from "../src/project.js";

const run = promisify(execFile);

let tarballs: ReadonlyMap<string, string>;

beforeAll(async () => {
  tarballs = await packed(dialects.map(({ name }) => name));
});

afterAll(async () => {
  const [file] = tarballs?.values() ?? [];
  if (file) await rm(dirname(file), { recursive: true, force: true });
});

/** Where an app of that dialect finds an empty database. */
const databases: Record<Dialect["name"], () => Promise<NodeJS.ProcessEnv>> = {
  sqlite: async () => ({}),
  postgres: async () => {
    const server = await startPostgres();
    onTestFinished(server.stop);
    return { DATABASE_URL: (await createPostgresDatabase(server.url)).url };
  },
  mysql: async () => {
    const server = await startMariadb();
    onTestFinished(server.stop);
    return { DATABASE_URL: (await createMysqlDatabase(server.url)).url };
  },
};

/** What a compiler says of the app and of all declarations around it. */
async function errorsOf(folder: string, tsc: string): Promise<string> {
  const { stdout } = await run(process.execPath, [tsc, "-p", ".", "--noEmitOnError", "false"], {
    cwd: folder,
  }).catch((error: { stdout: string }) => error);
  return stdout;
}

/** The names of all installed packages, wherever they are. */
async function installed(folder: string): Promise<Set<string>> {
  const entries = await readdir(join(folder, "node_modules"), { recursive: true });
  const names = entries.map((entry) => /(?:^|\/)((?:@[^/]+\/)?[^/@]+)\/package\.json$/.exec(entry));
  return new Set(names.flatMap((match) => (match?.[1] ? [match[1]] : [])));
}

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
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
    const drivers = dialects.map(({ driver }) => driver);
    const found = await installed(folder);
    expect(drivers.filter((driver) => found.has(driver))).toEqual([dialect.driver]);
  });

  // The same as in `scripts/check-packages.mjs`.
  test("gets no more than 265,000 bytes of ours", async () => {
    const { stdout } = await run(
      "find",
      ["node_modules", "-path", "*/@kysely-lucia/*/package.json", "-not", "-path", "*/dist/*"],
      { cwd: folder },
    );
    const folders = stdout
      .trim()
      .split("\n")
      .map((file) => join(folder, dirname(file)));
    const sizes = await Promise.all(folders.map(sizeOf));
    const size = sizes.reduce((sum, one) => sum + one, 0);
    console.log(`${dialect.name}: ${size} bytes unpacked, of ${folders.length} packages`);
    expect(folders).toHaveLength(3);
    expect(size).toBeLessThan(265_000);
  });

  test.each(compilersFor(dialect.name, manager))(
    "compiles with TypeScript $version, libraries' declarations included",
    async ({ tsc }) => {
      const errors = await errorsOf(folder, tsc);
      const own = filesIn(errors).filter(
        (file) =>
          !/node_modules\/(?!@kysely-lucia\/)/.test(file) || file.includes("@kysely-lucia/"),
      );
      expect(own, errors).toEqual([]);
      // lucia-auth's declarations have errors of their own: that they are seen shows that declarations are looked at.
      expect(errors).toContain("lucia-auth/");
    },
  );

  test("signs somebody up, in and out", async () => {
    const { stdout, stderr } = await run(process.execPath, ["built/app.js"], {
      cwd: folder,
      env: { ...process.env, ...(await databases[dialect.name]()) },
    });
    expect(stderr).toBe("");
    expect(stdout).toBe(PRINTED);
  });
});
