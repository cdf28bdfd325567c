import { ConfigurationError, describeValue } from "@kysely-lucia/core";
import type { SqliteDatabase } from "./sqlite-database.js";

const EXPECTED = 'Expected an open better-sqlite3 database: `database: new SQLite("app.db")`.';

/**
 * Refuses what is not a better-sqlite3 database that Lucia can write to. Reads the file's header,
 * writes nothing.
 *
 * @throws ConfigurationError
 */
export function checkPool(database: unknown): SqliteDatabase {
  if (!isDatabase(database)) {
    throw new ConfigurationError(
      `The option \`database\` is ${describeValue(database)}. ${EXPECTED}`,
    );
  }
  if (!database.open) {
    throw new ConfigurationError(
      `The option \`database\` is a database that is closed. ${EXPECTED}`,
    );
  }
  if (database.readonly) {
    throw new ConfigurationError(
      `The database ${database.name} is open for reading only, and sessions have to be written. ` +
        "Open it without `readonly: true`, and check the permissions of the file.",
    );
  }
  if (!hasSqliteHeader(database)) {
    throw new ConfigurationError(
      `The file ${database.name} is not an SQLite database (or it is encrypted). Nothing was written. ` +
        "Check its path.",
    );
  }
  if (Number(database.pragma("foreign_keys", { simple: true })) === 0) {
    throw new ConfigurationError(
      "Foreign keys are switched off on the given `database`, so that rows of yours could refer to users " +
        'who are gone. Remove `pragma("foreign_keys = OFF")`, or call `database.pragma("foreign_keys = ON")` first.',
    );
  }
  return database;
}

/** By shape, so that a second copy of better-sqlite3 in an app does no harm. */
function isDatabase(value: unknown): value is SqliteDatabase {
  return (
    typeof value === "object" &&
    value !== null &&
    "open" in value &&
    typeof value.open === "boolean" &&
    "inTransaction" in value &&
    ["prepare", "pragma", "close"].every(
      (method) => typeof Reflect.get(value, method) === "function",
    )
  );
}

function hasSqliteHeader(database: SqliteDatabase): boolean {
  try {
    database.pragma("schema_version");
    return true;
  } catch (error) {
    // Any other error, such as a lock, is for the first query to meet.
    return !(error instanceof Error && "code" in error && error.code === "SQLITE_NOTADB");
  }
}
