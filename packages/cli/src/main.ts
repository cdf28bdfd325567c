#!/usr/bin/env node
import fs from "node:fs";
import { EXIT, messageOf } from "./errors.js";
import { Output } from "./output.js";
import { redactText } from "./redact.js";
import { run } from "./run.js";

const interruption = new AbortController();
// A second one ends the process at once, as Node.js does by itself.
process.once("SIGINT", () => interruption.abort());

// The result alone goes there: what the app prints while its file is loaded, or its queries run, is no part of it.
const write = process.stdout.write.bind(process.stdout);
const out: typeof process.stdout = Object.create(process.stdout, { write: { value: write } });
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;

const streams = { in: process.stdin, out, err: process.stderr };

// Errors that the file of --config causes later. Node.js would exit with 1, which means something else here.
const fail = (error: unknown) => {
  const args = process.argv.slice(2);
  const output = new Output(streams, args.includes("--json"), process.env);
  output.error(redactText(messageOf(error), [...args, process.env["DATABASE_URL"] ?? ""]));
  output.end();
  process.off("exit", leave);
  process.exit(EXIT.failed);
};
process.on("uncaughtException", fail).on("unhandledRejection", fail);

// That file may also end the process, or wait for what never comes, with which Node.js ends by itself.
const leave = () => {
  fs.writeSync(
    2,
    "error The process ended before the work was done: look for process.exit(), and for what is awaited, in the file of --config.\n",
  );
  process.exitCode = EXIT.failed;
};
process.on("exit", leave);

let isWritten = true;
for (const stream of [process.stdout, process.stderr]) {
  // The work is not to end halfway where nobody reads any more, as in `| head`, or where a disk is full.
  stream.on("error", ({ code }: NodeJS.ErrnoException) => {
    isWritten &&= code === "EPIPE";
  });
}

const exitCode = await run(process.argv.slice(2), {
  streams,
  environment: process.env,
  folder: process.cwd(),
  signal: interruption.signal,
});

// That file may also leave timers and connections of the app's own behind, which would keep the process alive.
for (const stream of [out, process.stderr]) {
  await new Promise<void>((resolve) => stream.write("", () => resolve()));
}
process.off("exit", leave);
process.exit(isWritten ? exitCode : EXIT.failed);
