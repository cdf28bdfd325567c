import type { Readable, Writable } from "node:stream";
import { createColors } from "picocolors";
import { printable, printableJson } from "./text.js";

/** What the program reads from and writes to: a terminal, a pipe, or a test. */
export interface Streams {
  readonly in: Readable & { readonly isTTY?: boolean };
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & Writable & { readonly isTTY?: boolean };
}

/** What a command has to say: lines for people, or one JSON document for programs. */
export class Output {
  readonly streams: Streams;
  readonly isJson: boolean;
  /** Without colours in a pipe, and where `NO_COLOR` says so. */
  readonly colors: ReturnType<typeof createColors>;
  #document: object | undefined;

  constructor(streams: Streams, isJson: boolean, environment: NodeJS.ProcessEnv) {
    this.streams = streams;
    this.isJson = isJson;
    const { FORCE_COLOR: forced } = environment;
    const wanted =
      forced === undefined ? streams.out.isTTY === true : !["0", "false"].includes(forced);
    this.colors = createColors(wanted && !isJson && environment["NO_COLOR"] === undefined);
  }

  /** Whether somebody is there to look at a progress bar, and to be asked. */
  get isTerminal(): boolean {
    return this.streams.in.isTTY === true && this.streams.err.isTTY === true && !this.isJson;
  }

  /** A line for people. Nothing with `--json`. */
  say(line = ""): void {
    if (!this.isJson) this.streams.out.write(`${line}\n`);
  }

  /** A part of the result for programs; the same part again takes the place of the one before. */
  result(part: object): void {
    this.#document = { ...this.#document, ...part };
  }

  /** A line that is no part of the result. */
  note(line: string): void {
    this.streams.err.write(`${line}\n`);
  }

  /** What went wrong, for both. */
  error(message: string): void {
    this.result({ error: message });
    this.note(`${this.colors.red("error")} ${message.split("\n").map(printable).join("\n")}`);
  }

  /** Writes the result for programs. Nothing without `--json`. */
  end(): void {
    if (!this.isJson || !this.#document) return;
    this.streams.out.write(`${printableJson(this.#document)}\n`);
  }
}
