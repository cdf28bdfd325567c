import type { ErrorKind } from "@kysely-lucia/core";

// SQLite's codes, https://www.sqlite.org/rescode.html, and its messages, which are never translated.

/** What kind of error this one of libSQL is, as far as core acts on it. */
export function classifyError(error: unknown): ErrorKind {
  const { code, message } = factsOf(error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return "busy";
  const missing = /^(no such (table|column)|table .* has no column)/;
  return code === "SQLITE_ERROR" && missing.test(message) ? "undefined_object" : "other";
}

export function isUniqueViolation(error: unknown, column: string): boolean {
  const { code, message } = factsOf(error);
  return (
    /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/.test(code) &&
    message === `UNIQUE constraint failed: ${column}`
  );
}

function factsOf(error: unknown): { code: string; message: string } {
  return error instanceof Error && "code" in error
    ? { code: String(error.code), message: error.message }
    : { code: "", message: "" };
}
