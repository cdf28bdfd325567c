#!/usr/bin/env node
import { run } from "./run.js";

const interruption = new AbortController();
// A second one ends the process at once, as Node.js does by itself.
process.once("SIGINT", () => interruption.abort());

for (const stream of [process.stdout, process.stderr]) {
  // Whoever read it has gone, as in `| head`. The work is not to end halfway for that.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const exitCode = await run(process.argv.slice(2), {
  streams: { in: process.stdin, out: process.stdout, err: process.stderr },
  environment: process.env,
  folder: process.cwd(),
  signal: interruption.signal,
});

// A file that --config names may leave timers and connections of the app's own behind, which would keep the process alive.
for (const stream of [process.stdout, process.stderr]) {
  await new Promise<void>((resolve) => stream.write("", () => resolve()));
}
process.exit(exitCode);
