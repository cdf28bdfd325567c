import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What a program has written. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, in a folder, as in a shell of its own: settings of the workspace, of the tests and of a
 * terminal are not those of a new project.
 *
 * @throws Error with what it has said, where it has failed
 */
export async function run(
  cwd: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Output> {
  try {
    return await execute(command, args, {
      cwd,
      env: { ...surroundings(), ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as Partial<Output>;
    throw new Error(`${command} ${args.join(" ")} has failed:\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}

function surroundings(): NodeJS.ProcessEnv {
  const ofOthers = /^(FORCE_COLOR|NODE_ENV|NODE_OPTIONS|VITEST.*|npm_config_verify_deps.*)$/i;
  const inherited = Object.entries(process.env).filter(([name]) => !ofOthers.test(name));
  return { ...Object.fromEntries(inherited), NO_COLOR: "1", CI: "1" };
}
