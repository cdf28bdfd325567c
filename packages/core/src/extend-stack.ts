/** Node.js shows 10 calls, fewer than Kysely and we have between an app and its driver. */
const ENOUGH = 50;

/** Calls this with stacks that reach far enough to show where in the app it was. */
export function withLongStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Math.max(stackTraceLimit, ENOUGH);
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * Adds who called, and who waits for it, to the stack of an error. A driver makes its errors when an answer comes: they
 * do not show by themselves who has sent the query.
 *
 * @returns the error
 */
export function extendStack(error: unknown): unknown {
  if (error instanceof Error && error.stack) {
    const here = { stack: "" };
    withLongStacks(() => Error.captureStackTrace(here, extendStack));
    const known = error.stack.split("\n");
    const further = here.stack.split("\n").slice(1);
    error.stack = [...known, ...further.filter((line) => !known.includes(line))].join("\n");
  }
  return error;
}
