import type { ErrorKind } from "@kysely-lucia/core";

// Numbers: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
const DUP_ENTRY = 1062;
const CANNOT_CREATE_TABLE = 1005;
const KINDS: Readonly<Record<number, ErrorKind>> = {
  1054: "undefined_object",
  1146: "undefined_object",
  // Of a table, of an index, of a foreign key.
  1050: "name_taken",
  1061: "name_taken",
  1826: "name_taken",
  // Of a database, of a table, of an account.
  1044: "forbidden",
  1142: "forbidden",
  1227: "forbidden",
  // A deadlock; and, on MariaDB, a row that has changed since it was read. The server has rolled back.
  1213: "serialization_failure",
  1020: "serialization_failure",
  1205: "lock_timeout",
  1267: "incomparable_text",
  3854: "incomparable_text",
  3988: "incomparable_text",
};

/** What kind of error this one of `mysql2` is, as far as core acts on it. */
export function classifyError(error: unknown): ErrorKind {
  const { errno, message } = factsOf(error);
  // A foreign key's, on MariaDB: the number of its engine is in the message, in any language.
  if (errno === CANNOT_CREATE_TABLE && /\berrno: 121\b/.test(message)) return "name_taken";
  return KINDS[errno] ?? "other";
}

/**
 * Whether an error is a violated unique constraint on exactly this column, given as `table.column`:
 * "the name is taken".
 *
 * The server names the violated index, which has the name of its column unless it was given another:
 * for `unique key one_name_each (username)` ask for `"auth_user.one_name_each"`. MariaDB, and MySQL before
 * 8.0.19, do not name the table; the index alone counts there.
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
  const { errno, message } = factsOf(error);
  if (errno !== DUP_ENTRY) return false;
  const [table, name] = splitLast(column);
  const [violatedTable, violated] = splitLast(indexIn(message));
  if (violatedTable !== undefined && violatedTable !== table) return false;
  return violated === name || (violated === "PRIMARY" && name === "id");
}

/** The driver adds the text of the query, with the values in it. */
export function hideValues(error: unknown): void {
  if (error instanceof Error) Reflect.deleteProperty(error, "sql");
}

/**
 * The index in `Duplicate entry 'ada' for key 'username'`: the server translates the words around, but
 * the index always is the last thing in quotes.
 */
function indexIn(message: string): string {
  return /'([^']*)'[^']*$/.exec(message)?.[1] ?? "";
}

/** `["auth_user", "username"]` for `auth_user.username`, and no table for `username`. */
function splitLast(path: string): [table: string | undefined, name: string] {
  const dot = path.lastIndexOf(".");
  return dot === -1 ? [undefined, path] : [path.slice(0, dot), path.slice(dot + 1)];
}

function factsOf(error: unknown): { errno: number; message: string } {
  return error instanceof Error && "errno" in error && typeof error.errno === "number"
    ? { errno: error.errno, message: error.message }
    : { errno: 0, message: "" };
}
