import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process that writes lines. */
export interface Child {
  readonly lines: AsyncIterator<string>;
  /** Ends its input, or else it with a signal. Resolves once it has ended, with the signal that did. */
  end(signal?: NodeJS.Signals): Promise<NodeJS.Signals | null>;
}

/** Starts a program in JavaScript. */
export function startChild(program: string, ...args: readonly string[]): Child {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  return {
    lines: createInterface(child.stdout)[Symbol.asyncIterator](),
    end: async (signal) => {
      if (signal) child.kill(signal);
      else child.stdin.end();
      await exited;
      return child.signalCode;
    },
  };
}
