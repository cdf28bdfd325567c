import { progress } from "@clack/prompts";
import type { Output } from "./output.js";

/** Tells how far a long piece of work is. */
export interface ProgressBar {
  /** So many are done, and so many are left. */
  set(done: number, left: number): void;
  /** Calling it again does nothing. */
  end(): void;
}

const SILENT: ProgressBar = { set: () => {}, end: () => {} };

/** A bar where somebody is there to look at it; in a pipe, nothing. */
export function progressBar(output: Output, title: string): ProgressBar {
  if (!output.isTerminal) return SILENT;
  let bar: ReturnType<typeof progress> | undefined;
  let shown = 0;
  return {
    set: (done, left) => {
      if (!bar) {
        bar = progress({ max: done + left, size: 20, output: output.streams.err });
        bar.start(title);
      }
      bar.advance(
        done - shown,
        `${title}: ${done.toLocaleString("en")} done, ${left.toLocaleString("en")} left`,
      );
      shown = done;
    },
    end: () => {
      bar?.stop(title);
      bar = undefined;
    },
  };
}
