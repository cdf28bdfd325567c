/**
 * Adds where it is called to the stack of an error, and what waits for that. A driver makes its errors when an answer
 * comes: they do not show by themselves who has sent the query.
 *
 * @returns the error
 */
export function extendStack(error: unknown): unknown {
  if (error instanceof Error && error.stack) {
    const here = { stack: "" };
    Error.captureStackTrace(here, extendStack);
    error.stack += here.stack.slice(here.stack.indexOf("\n"));
  }
  return error;
}
