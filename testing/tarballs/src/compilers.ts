import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** The oldest compiler that the declarations are for, and all that came after it. */
const COMPILERS = ["typescript-5.4", "typescript", "typescript-6", "typescript-7"];
const NEWEST = "typescript-7";

/**
 * What a project is compiled with. Where npm has put everything into one folder it is each compiler, by day for one of the dialects, as
 * their declarations have most in common; pnpm shows a package no more than it has asked for, which the newest sees as well.
 */
export function compilersFor(dialect: string, manager: string): Compiler[] {
  if (manager === "pnpm") return [compiler(NEWEST)];
  const all = dialect === "sqlite" || process.env["KYSELY_LUCIA_NIGHTLY"] !== undefined;
  return (all ? COMPILERS : [NEWEST]).map(compiler);
}

export interface Compiler {
  readonly version: string;
  /** Compiles a project, and returns what is wrong with it and with all declarations around it. */
  readonly errorsOf: (folder: string) => Promise<string>;
}

function compiler(name: string): Compiler {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { version, bin } = JSON.parse(readFileSync(manifest, "utf8")) as {
    version: string;
    bin: { tsc: string };
  };
  const tsc = join(dirname(manifest), bin.tsc);
  const errorsOf = async (folder: string) => {
    // It fails on errors, which are what is asked for. JavaScript is written all the same.
    const { stdout } = await execute(process.execPath, [tsc, "-p", "."], { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    return stdout;
  };
  return { version, errorsOf };
}

/** The files that a compiler has found something wrong in, as its output names them: `path(line,column): error …`. */
export function filesIn(output: string): string[] {
  return [...output.matchAll(/^(\S.*?)\(\d+,\d+\): error /gm)].map(([, file = ""]) => file);
}
