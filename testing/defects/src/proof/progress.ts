import ora from "ora";
import type { Cell } from "./cells.js";
import type { Verdict } from "./verdict.js";

/** Tells on stderr how far the proof is: by one line that changes on a terminal, else by a line each. */
export function showProgress(total: number) {
  const { isTTY, columns } = process.stderr;
  // Some terminals say that they have no columns; ora would count lines for ever.
  // With its `discardStdin`, ora would take Ctrl-C for itself.
  const spinner =
    isTTY && columns > 0 ? ora({ text: "starting", discardStdin: false }).start() : undefined;
  let ended = 0;
  return {
    begun: (cell: Cell) => {
      if (spinner) spinner.text = `${ended} of ${total}: ${nameOf(cell)}`;
    },
    ended: ({ cell, status, words, problems }: Verdict) => {
      ended += 1;
      const line = `${nameOf(cell)} ${status}${words && `: ${words}`}`;
      if (!spinner) console.error(`${ended} of ${total}: ${line}`);
      if (problems.length === 0) return;
      const complaint = `${line}\n  not as expected: ${problems.join("; ")}`;
      if (spinner) spinner.stopAndPersist({ symbol: "✗", text: complaint }).start();
      else console.error(`  not as expected: ${problems.join("; ")}`);
    },
    stop: () => spinner?.stop(),
  };
}

const nameOf = ({ scenario, wirer, database }: Cell) => `${scenario.id} ${wirer}-${database}`;
