import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { run } from "../src/run.js";

/** Has the drivers and the dialects' packages, as the folder of an app. */
export const FOLDER = fileURLToPath(new URL("..", import.meta.url));

interface Options {
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
}

/** Runs the program in this process, and collects what it writes. */
export async function cli(args: readonly string[], options: Options = {}) {
  const { folder = FOLDER, environment = {}, isTTY = false } = options;
  const written = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({
    isTTY,
    write: (text: string | Uint8Array) => {
      written[name] += String(text);
      return true;
    },
  });
  const code = await run(args, {
    streams: { out: stream("out"), err: stream("err") },
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
