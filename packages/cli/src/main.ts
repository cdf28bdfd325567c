#!/usr/bin/env node
import { run } from "./run.js";

const interruption = new AbortController();
process.once("SIGINT", () => interruption.abort());

process.exitCode = await run(process.argv.slice(2), {
  streams: { out: process.stdout, err: process.stderr },
  environment: process.env,
  folder: process.cwd(),
  signal: interruption.signal,
});
