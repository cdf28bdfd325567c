/** Builds an example with all that it uses and starts it: `npm start`, or `npm start hono-postgres`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const isWindows = process.platform === "win32";

const [example = "express-sqlite"] = process.argv.slice(2);
const examples = readdirSync("examples").filter((name) => readManifest(name)?.scripts?.start);
if (!examples.includes(example)) {
  console.error(
    `There is no example "${example}". There are ${examples.join(", ")}. ` +
      `Start one like this: npm start ${examples[0]}`,
  );
  process.exit(1);
}
const { name, scripts } = readManifest(example);

console.log("Building the packages …");
await run(`pnpm exec turbo run build --filter=${name}... --output-logs=errors-only`);
const folder = path.resolve("examples", example);
const binaries = path.join(folder, "node_modules", ".bin");
await run(scripts.start, { folder, PATH: `${binaries}${path.delimiter}${process.env.PATH}` });

function readManifest(name) {
  const file = path.join("examples", name, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Runs a command of a shell, and ends as it does where that is not well. */
async function run(command, { folder = ".", PATH = process.env.PATH } = {}) {
  // The program takes the place of the shell, which would keep signals to itself.
  const child = spawn(isWindows ? command : `exec ${command}`, {
    shell: true,
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, PATH, TURBO_TELEMETRY_DISABLED: "1" },
  });
  const passOn = (signal) => {
    // A terminal sends Ctrl+C to all of its programs.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, passOn);
  const [status] = await once(child, "exit");
  for (const signal of signals) process.off(signal, passOn);
  if (status !== 0) process.exit(status ?? 1);
}
