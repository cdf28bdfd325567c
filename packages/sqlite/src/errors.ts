import type { ErrorKind } from "@kysely-lucia/core";

// Codes: https://www.sqlite.org/rescode.html. SQLite tells some things apart in its messages only,
// and never translates them.

/** What kind of error this one of better-sqlite3 is, as far as core acts on it. */
export function classifyError(error: unknown): ErrorKind {
  const { code, message } = factsOf(error);
  // Another process has written since this transaction has read: waiting would not help it.
  if (code === "SQLITE_BUSY_SNAPSHOT") return "serialization_failure";
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return "busy";
  if (/^SQLITE_(READONLY|AUTH|PERM)/.test(code)) return "forbidden";
  if (code !== "SQLITE_ERROR") return "other";
  if (/ already exists$|^there is already an? (table|index) named /s.test(message))
    return "name_taken";
  return /^(no such table|no such column|table .* has no column)/.test(message)
    ? "undefined_object"
    : "other";
}

/**
 * Whether an error is a violated unique constraint on exactly this column, given as `table.column`:
 * "the name is taken".
 *
 * An index over several columns is asked for as `"note.a, note.b"`, one over an expression by its name:
 * `"index 'lower_name'"`.
 *
 * @example
 * ```ts
 * try {
 *   await auth.createUser({ primaryKey, attributes: { username } });
 * } catch (error) {
 *   if (isUniqueViolation(error, "auth_user.username")) return "This name is taken.";
 *   throw error;
 * }
 * ```
 */
export function isUniqueViolation(
  error: unknown,
  column: `${string}.${string}` | `index '${string}'`,
): boolean {
  const { code, message } = factsOf(error);
  return (
    (code === "SQLITE_CONSTRAINT_PRIMARYKEY" || code === "SQLITE_CONSTRAINT_UNIQUE") &&
    message === `UNIQUE constraint failed: ${column}`
  );
}

function factsOf(error: unknown): { code: string; message: string } {
  return error instanceof Error && "code" in error
    ? { code: String(error.code), message: error.message }
    : { code: "", message: "" };
}
