import { describeValue } from "./describe-value.js";

/** Says by a warning of the process what has failed where nobody is there to be thrown an error. */
export function warnOfFailure(what: string, error: unknown): void {
  process.emitWarning(
    `${what} has failed: ${error instanceof Error ? error : describeValue(error)}`,
  );
}
