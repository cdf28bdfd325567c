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
  let abort: (event: { target: unknown }) => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = ({ target }) => {
      if (counts()) reject((target as AbortSignal).reason);
    };
  });
  const given = signals.filter((signal) => signal !== undefined);
  if (given.length === 0) return promise;
  // A signal for the end of the process is shared by any number of transactions.
  setMaxListeners(0, ...given);
  try {
    for (const signal of given) {
      if (signal.aborted) abort({ target: signal });
      signal.addEventListener("abort", abort, { once: true });
    }
    return await Promise.race([promise, aborted]);
  } finally {
    for (const signal of given) signal.removeEventListener("abort", abort);
  }
}
