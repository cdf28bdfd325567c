import { inspect } from "node:util";

/** What the program ends with. The help and the README say so too. */
export const EXIT = {
  /** All is well, or was done. */
  ok: 0,
  /** Something was found that is not as it should be. */
  found: 1,
  /** It was called wrongly, or told of a file or a configuration that cannot work. */
  usage: 2,
  /** It could not do what it was asked to: no driver, no connection, an error of the database. */
  failed: 3,
  /** What shells make of Ctrl+C. */
  interrupted: 130,
} as const;

/** What a person can mend, told in one message without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(
    message: string,
    readonly exitCode: number = EXIT.usage,
  ) {
    super(message);
  }
}

/** Somebody does not want it to go on. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}

/** Node.js gives what failed for several addresses an empty message. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === "string" ? error : inspect(error);
  const inner = error instanceof AggregateError ? error.errors : [];
  return error.message || inner.map((one) => Object(one).message).join("; ") || error.name;
}
