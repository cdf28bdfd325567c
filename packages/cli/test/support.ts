import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { buildProgram, type Program } from "@kysely-lucia/services";
import { afterAll, beforeAll } from "vitest";
import { run } from "../src/run.js";

/** Has the drivers and the dialects' packages, as the folder of an app. */
export const FOLDER = fileURLToPath(new URL("..", import.meta.url));

interface Options {
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
  /** What is typed once each of these questions is there: a part of it, and the keys, or what happens before. */
  readonly answers?: readonly (readonly [question: string, keys: string | (() => string)])[];
}

/** Streams whose texts are collected. */
export function captured({ isTTY = false, answers = [] }: Pick<Options, "isTTY" | "answers"> = {}) {
  const written = { out: "", err: "" };
  const left = [...answers];
  // With what Node.js has for terminals, as far as prompts use it.
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
  const stream = (name: "out" | "err") => {
    const write = (text: string) => {
      written[name] += text;
      const [question, keys] = left[0] ?? [];
      if (question === undefined) return;
      if (!stripVTControlCharacters(written[name]).includes(question)) return;
      left.shift();
      setImmediate(() => input.write(typeof keys === "function" ? keys() : keys));
    };
    const output = new Writable({
      decodeStrings: false,
      write(text, _encoding, done) {
        write(String(text));
        done();
      },
    });
    // With what Node.js has for terminals, as far as progress bars use it.
    const terminal = { clearLine: () => true, cursorTo: () => true, moveCursor: () => true };
    return Object.assign(output, { isTTY, columns: 200, rows: 50, ...terminal });
  };
  return { written, streams: { in: input, out: stream("out"), err: stream("err") } };
}

/** Runs the program in this process, and collects what it writes. */
export async function cli(args: readonly string[], options: Options = {}) {
  const { folder = FOLDER, environment = {} } = options;
  const { written, streams } = captured(options);
  const code = await run(args, {
    streams,
    environment,
    folder,
    signal: options.signal ?? new AbortController().signal,
  });
  return {
    code,
    out: stripVTControlCharacters(written.out),
    err: stripVTControlCharacters(written.err),
    raw: written.out,
    json: () => JSON.parse(written.out),
  };
}

/** A file that `--config` names, on a database in the folder. */
export function writeConfig(folder: string, body: string, name = "kysely-lucia.config.ts"): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `import SQLite from ${JSON.stringify(join(FOLDER, "node_modules/better-sqlite3/lib/index.js"))};
     import { kyselyLucia, schema } from "@kysely-lucia/sqlite";
     const options = {
       database: new SQLite(${JSON.stringify(join(folder, "app.db"))}),
       schema: schema(),
       lucia: { env: "DEV" as const },
       userColumns: (table: any) => table.addColumn("username", "text", (c: any) => c.notNull().unique()),
     };
     const app = kyselyLucia(options);
     ${body}`,
  );
  return path;
}

/** Configs are no part of this process's own modules: without this, they would find what was built of the packages. */
export function useSourcesInConfigs(): void {
  let sqlite: Program;
  beforeAll(async () => {
    const external = ["kysely", "lucia-auth", "better-sqlite3"];
    sqlite = await buildProgram(new URL("../../sqlite/", import.meta.url), "src/index.ts", {
      external,
    });
    process.env["JITI_ALIAS"] = JSON.stringify({
      "@kysely-lucia/sqlite": sqlite.file,
      kysely: join(FOLDER, "node_modules/kysely/dist/esm/index.js"),
    });
  });
  afterAll(async () => {
    delete process.env["JITI_ALIAS"];
    await sqlite.remove();
  });
}
