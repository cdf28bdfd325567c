import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const APT = "/usr/bin/apt-get";
/** `flock` locks this folder, so that test files in several processes install one after the other. */
const LOCKED = "/var/lib/dpkg";
const LOCK_SECONDS = 300;

const SCRIPT = `
command -v chromium-headless-shell && exit 0
${APT} -o DPkg::Lock::Timeout=${LOCK_SECONDS} update
exec ${APT} -o DPkg::Lock::Timeout=${LOCK_SECONDS} install -y --no-install-recommends chromium-headless-shell
`;

/** Whether Debian's package can be installed here: with apt, and as root. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync(APT) && existsSync(LOCKED);
}

/** Installs Debian's package, 8 to 20 seconds. Returns what apt said where that failed. */
export async function installChromium(): Promise<string | undefined> {
  const deadline = Date.now() + LOCK_SECONDS * 1000;
  for (;;) {
    const problem = await run("flock", [LOCKED, "sh", "-c", SCRIPT]);
    // apt waits for the lock on packages, but not for the one on package lists.
    const isLocked = problem?.includes("Could not get lock");
    if (!isLocked || Date.now() > deadline) return problem;
    await wait(1000);
  }
}

function run(command: string, args: readonly string[]): Promise<string | undefined> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
  return new Promise((resolve) => {
    execFile(command, args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, _stdout, stderr) => {
      resolve(error ? `${error.message}\n${stderr}`.trim() : undefined);
    });
  });
}
