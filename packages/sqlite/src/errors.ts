import type { DatabaseFault } from "@kysely-lucia/core";

/** A unique constraint says which one it is only in the message: SQLite has no other way, and no locales. */
const UNIQUE = "UNIQUE constraint failed: ";

/** Codes: https://www.sqlite.org/rescode.html */
export function classifyError(error: unknown): DatabaseFault {
  if (!(error instanceof Error) || !("code" in error)) return { kind: "other" };
  switch (error.code) {
    case "SQLITE_CONSTRAINT_PRIMARYKEY":
    case "SQLITE_CONSTRAINT_UNIQUE":
      return { kind: "unique", column: error.message.slice(UNIQUE.length) };
    case "SQLITE_ERROR":
      return /^(no such table|no such column|table \S+ has no column)/.test(error.message)
        ? { kind: "undefined_table" }
        : { kind: "other" };
    default:
      return { kind: "other" };
  }
}
