import pLimit from "p-limit";

/** How much is done at once, and how much may wait. */
interface Limits {
  readonly atOnce: number;
  readonly waiting: number;
}

/** Too many passwords are waiting to be hashed or checked. Nothing was done; a server answers with 503. */
export class TooManyPasswordsError extends Error {
  override readonly name = "TooManyPasswordsError";

  constructor(waiting: number) {
    super(
      `${waiting} passwords are waiting to be hashed or checked, and no more are taken. Limit how often one ` +
        "client may sign in, or run more processes.",
    );
  }
}

/**
 * Does pieces of work in the order in which they come, a few at a time.
 *
 * @throws TooManyPasswordsError at once, where too many wait
 */
export function workQueue({ atOnce, waiting }: Limits): <T>(work: () => Promise<T>) => Promise<T> {
  const limit = pLimit(atOnce);
  return async (work) => {
    if (limit.pendingCount >= waiting) throw new TooManyPasswordsError(waiting);
    return await limit(work);
  };
}
