import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a program to its end, and returns what it has printed. What it says of a failure is in the error. */
export async function run(cwd: string, command: string, ...args: string[]): Promise<string> {
  // Settings of the workspace and of a terminal are not those of a new project.
  const env = Object.fromEntries(
    Object.entries({ ...process.env, NO_COLOR: "1", CI: "1" }).filter(
      ([name]) => !/^(FORCE_COLOR|NODE_ENV|VITEST.*|npm_config_verify_deps.*)$/i.test(name),
    ),
  );
  try {
    const { stdout } = await execute(command, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} has failed:\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}
