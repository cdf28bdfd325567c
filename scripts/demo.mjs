/** Builds the packages and serves the demo. */
import { spawnSync } from "node:child_process";

const example = "example-express-sqlite";
const run = (...command) => {
  const { status } = spawnSync("pnpm", command, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) process.exit(status ?? 1);
};

console.log("Building the packages …");
run("exec", "turbo", "run", "build", `--filter=${example}...`, "--output-logs=errors-only");
run("--silent", "--filter", example, "start");
