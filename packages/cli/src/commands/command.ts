import type { OpenedApp } from "../app.js";
import type { Output } from "../output.js";

/** What each command works with. */
export interface Context extends OpenedApp {
  readonly output: Output;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

export interface Command<Options = object> {
  /** Does what it is called for, and returns the code that the program ends with. */
  (context: Context, options: Options): Promise<number>;
  /** Refuses options that cannot work, before a database is looked for. */
  refuse?(output: Output, options: Options): void;
}
