/** Builds the packages and serves an example: `npm start`, or `npm start hono-postgres`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";

const [name = "express-sqlite"] = process.argv.slice(2);
const names = readdirSync("examples").filter((folder) => readManifest(folder)?.scripts?.start);
if (!names.includes(name)) {
  console.error(
    `There is no example "${name}". There are ${names.join(", ")}: npm start ${names[0]}`,
  );
  process.exit(1);
}
const { name: example } = readManifest(name);

console.log("Building the packages …");
await run("exec", "turbo", "run", "build", `--filter=${example}...`, "--output-logs=errors-only");
await run("--silent", "--filter", example, "start");

function readManifest(folder) {
  const file = `examples/${folder}/package.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Runs pnpm, and ends with it where it fails or is told to end. */
async function run(...command) {
  const child = spawn("pnpm", command, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
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
