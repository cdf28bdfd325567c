import ora, { type Ora } from "ora";
import type { Output } from "./output.js";

/** Tells how far a long piece of work is. */
export interface ProgressBar {
  /** So many are done, and so many are left. */
  set(done: number, left: number): void;
  /** Calling it again does nothing. */
  end(): void;
}

/** In characters, so that all of it stays on one line of 80. */
const WIDTH = 20;

const SILENT: ProgressBar = { set: () => {}, end: () => {} };

/** A bar where somebody is there to look at it; in a pipe, nothing. */
export function progressBar(output: Output, title: string): ProgressBar {
  if (!output.isTerminal) return SILENT;
  let line: Ora | undefined;
  return {
    set: (done, left) => {
      // What is typed is left alone: to listen to keys would be to take Ctrl+C from the process.
      const settings = { discardStdin: false, hideCursor: false, isEnabled: true };
      line ??= ora({ ...settings, stream: output.streams.err }).start();
      const filled = Math.round((WIDTH * done) / Math.max(1, done + left));
      const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      line.text = `${bar} ${title}: ${done.toLocaleString("en")} done, ${left.toLocaleString("en")} left`;
      line.render();
    },
    end: () => {
      line?.stop();
      line = undefined;
    },
  };
}
