import { setMaxListeners } from "node:events";

/**
 * Settles as the promise does, unless one of the signals is aborted first: then it rejects with that
 * signal's reason.
 *
 * @param counts asked when a signal is aborted: whether it still matters. Default: it does.
 */
export async function orAborted<T>(
  promise: Promise<T>,
  signals: readonly (AbortSignal | undefined)[],
  counts = () => true,
): Promise<T> {
  const given = signals.filter((signal) => signal !== undefined);
  if (given.length === 0) return await promise;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      const signal = given.find(({ aborted }) => aborted);
      if (signal && counts()) reject(signal.reason);
    };
  });
  const settled = Promise.race([promise, aborted]);
  for (const signal of given) {
    allowManyListeners(signal);
    signal.addEventListener("abort", abort);
  }
  abort();
  try {
    return await settled;
  } finally {
    for (const signal of given) signal.removeEventListener("abort", abort);
  }
}

/** A signal for the end of the process is shared by any number of transactions. */
function allowManyListeners(signal: AbortSignal): void {
  try {
    setMaxListeners(0, signal);
  } catch {
    // One of another realm, where nobody counts.
  }
}
