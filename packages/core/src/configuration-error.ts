/**
 * Thrown when kysely-lucia was set up or called in a way that cannot work: a wrong option, a database that is
 * closed, tables that are not there, a query after the end of its
 * transaction, a connection that other code has left in the middle of one. The message says what was given, what is expected and how to
 * fix it.
 *
 * @example
 * ```ts
 * try {
 *   await migrate();
 * } catch (error) {
 *   if (error instanceof ConfigurationError) console.error(error.message);
 *   throw error;
 * }
 * ```
 */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}
