import { createColors } from "picocolors";

/** Where the program writes: a terminal, a pipe, or a test. */
export interface Streams {
  readonly out: Pick<NodeJS.WriteStream, "write" | "isTTY">;
  readonly err: Pick<NodeJS.WriteStream, "write" | "isTTY">;
}

/** What a command has to say: lines for people, one JSON document for programs. */
export class Output {
  readonly #streams: Streams;
  readonly isJson: boolean;
  /** Without colours in a pipe, and where `NO_COLOR` says so. */
  readonly colors: ReturnType<typeof createColors>;

  constructor(streams: Streams, isJson: boolean, environment: NodeJS.ProcessEnv) {
    this.#streams = streams;
    this.isJson = isJson;
    const wanted = environment["FORCE_COLOR"] !== undefined || streams.out.isTTY === true;
    this.colors = createColors(wanted && !isJson && environment["NO_COLOR"] === undefined);
  }

  /** Whether somebody is there to look at a progress bar, and to be asked. */
  get isTerminal(): boolean {
    return this.#streams.err.isTTY === true && !this.isJson;
  }

  /** A line for people. Nothing with `--json`. */
  say(line = ""): void {
    if (!this.isJson) this.#streams.out.write(`${line}\n`);
  }

  /** The result for programs. Nothing without `--json`. */
  result(value: unknown): void {
    if (this.isJson) this.#streams.out.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A line that is no part of the result. */
  note(line: string): void {
    this.#streams.err.write(`${line}\n`);
  }
}
