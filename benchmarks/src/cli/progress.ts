import ora from "ora";

const BAR = 20;

/** Tells on stderr how far a run is: by one line that changes on a terminal, else by a line each 10 seconds. */
export function showProgress() {
  const { isTTY, columns } = process.stderr;
  // Some terminals say that they have no columns; ora would count lines for ever.
  // With its `discardStdin`, ora would take Ctrl-C for itself.
  const spinner =
    isTTY && columns > 0 ? ora({ text: "starting", discardStdin: false }).start() : undefined;
  let lastLine = 0;
  return {
    tell: (what: string, part: number) => {
      const full = Math.round(part * BAR);
      const line = `${"█".repeat(full)}${"░".repeat(BAR - full)} ${Math.round(part * 100)} % ${what}`;
      if (spinner) {
        spinner.text = line;
      } else if (performance.now() - lastLine > 10_000) {
        lastLine = performance.now();
        console.error(line);
      }
    },
    stop: () => spinner?.stop(),
  };
}
