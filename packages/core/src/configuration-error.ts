/**
 * Thrown when kysely-lucia was set up in a way that cannot work: a wrong option, a database that is
 * closed, tables that are not there. The message says what was given, what is expected and how to
 * mend it.
 *
 * @example
 * ```ts
 * try {
 *   await auth.validateUser();
 * } catch (error) {
 *   if (error instanceof ConfigurationError) process.exit(1);
 * }
 * ```
 */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/** A value in words short enough for an error message. Strings are shown by length: they may be secrets. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (typeof value === "function") return `the function ${value.name || "(anonymous)"}`;
  if (typeof value !== "object") return `the ${typeof value} ${String(value)}`;
  if (Array.isArray(value)) return "an array";
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "Object" ? `an instance of ${name}` : "an object";
}
