import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

const NOT_FOUND = 127;
const SIGNAL_BASE = 128;

/**
 * Runs a command in the same terminal, passes signals on to it, and waits for its end. From then on signals are left
 * aside, so that whoever called can clean up.
 *
 * @returns its exit code, or, as shells do, 128 and the number of the signal that has ended it
 */
export async function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(program, args, {
    env,
    stdio: "inherit",
    // There, programs of packages are batch files.
    shell: process.platform === "win32",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to all of its programs. Twice would end those that mean to end in order.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  try {
    const [code, signal]: [number | null, NodeJS.Signals | null] = await once(child, "exit");
    return code ?? SIGNAL_BASE + (signal ? constants.signals[signal] : 0);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : error;
    console.error(
      reason === "ENOENT"
        ? `There is no program "${program}". Install it, or correct what comes after "--".`
        : `The program "${program}" cannot be started (${reason}).`,
    );
    return NOT_FOUND;
  }
}
