/** What an error says. Node.js gives what failed for several addresses an empty message. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner: unknown[] = error instanceof AggregateError ? error.errors : [];
  return error.message || inner.map(messageOf).join("; ") || error.name;
}

/**
 * What may stand in a log of an error of the provider's, and of the one below it: some carry what the
 * provider or a browser has sent, such as codes and claims about people.
 */
export function outlineOf({ message, cause }: Error): string {
  if (!(cause instanceof Error)) return message;
  const code = codeOf(cause);
  return `${message} ${cause.name}${code ? ` (${code})` : ""}: ${messageOf(cause)}`;
}

/** Its own, or that of what has led to it: `fetch` only says that it failed. */
function codeOf(error: Error): string | undefined {
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : undefined;
}
