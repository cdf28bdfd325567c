import type { OpenedApp } from "../app.js";
import type { Output } from "../output.js";

/** What each command works with. */
export interface Context extends OpenedApp {
  readonly output: Output;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

/** Does what it is called for, and returns the code that the program ends with. */
export type Command<Options = object> = (context: Context, options: Options) => Promise<number>;
