import type { ErrorKind } from "@kysely-lucia/core";

// Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
const UNIQUE_VIOLATION = "23505";
const KINDS: Readonly<Record<string, ErrorKind>> = {
  "42P01": "undefined_object",
  "42703": "undefined_object",
  // Of a relation, and of anything else, such as a type: each table is one, too.
  "42P07": "name_taken",
  "42710": "name_taken",
  "42501": "forbidden",
  "40001": "serialization_failure",
  "40P01": "serialization_failure",
  "55P03": "lock_timeout",
};

/** What kind of error this one of `pg` is, as far as core acts on it. */
export function classifyError(error: unknown): ErrorKind {
  return KINDS[String(factsOf(error).code)] ?? "other";
}

/**
 * Whether an error is a violated unique constraint on exactly this column, given as `table.column`:
 * "the name is taken".
 *
 * An index over several columns is asked for as `"note.a, b"`, one over an expression as PostgreSQL prints
 * it: `"auth_user.lower(username)"`.
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
export function isUniqueViolation(error: unknown, column: `${string}.${string}`): boolean {
  const { code, table, detail } = factsOf(error);
  return code === UNIQUE_VIOLATION && `${String(table)}.${columnsIn(detail)}` === column;
}

/** A row that fails is quoted in full, and parameters are where the server is told to log them. */
export function hideValues(error: unknown): void {
  if (!(error instanceof Error)) return;
  if (factsOf(error).code !== UNIQUE_VIOLATION) Reflect.deleteProperty(error, "detail");
  Reflect.deleteProperty(error, "where");
}

/**
 * The columns in `Key (username)=(ada) already exists.`: the server translates the words around, but
 * `(username)=(ada)` is put together by the index and always the first thing in parentheses.
 */
function columnsIn(detail: unknown): string | undefined {
  return /\((.+?)\)=\(/s.exec(String(detail))?.[1]?.replaceAll('"', "");
}

interface Facts {
  readonly code?: unknown;
  readonly table?: unknown;
  readonly detail?: unknown;
}

function factsOf(error: unknown): Facts {
  return error instanceof Error ? (error as Facts) : {};
}
