/**
 * `pnpm test` is the inner loop: the quick tests, on the sources. `npm test` is everything, and
 * brings what it needs. Both arrive here, so the package manager that called tells which one it is.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { packageManager } = JSON.parse(readFileSync("package.json", "utf8"));
const byPnpm = process.env.npm_config_user_agent?.startsWith("pnpm/");
const [command, ...args] = byPnpm
  ? ["vitest", "run", "--project", "unit"]
  : ["npx", "--yes", packageManager, "run", "test:all"];

const { status } = spawnSync(command, [...args, ...process.argv.slice(2)], {
  stdio: "inherit",
  shell: process.platform === "win32",
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
});
process.exit(status ?? 1);
