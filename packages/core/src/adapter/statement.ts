import type { Compilable, QueryExecutor, QueryResult } from "kysely";
import { LuciaError } from "lucia-auth";
import { ConfigurationError } from "../configuration-error.js";
import type { DatabaseFault } from "../dialect-spec.js";

type LuciaCode = ConstructorParameters<typeof LuciaError>[0];

/** Which unique column of a statement has which code of Lucia's: `{ "auth_key.id": "AUTH_DUPLICATE_KEY_ID" }`. */
type DuplicateCodes = Readonly<Record<string, LuciaCode>>;

/** Runs one auth statement and gives its error the meaning that it has for that statement. */
type Run = <Row>(query: Compilable<Row>, duplicates?: DuplicateCodes) => Promise<QueryResult<Row>>;

/** A {@link Run} on the pool, on a transaction, or on a connection that is held for a while. */
export type RunOn = (executor: QueryExecutor) => Run;

/**
 * Errors are mapped per statement: a violated constraint means what the statement says it means, and
 * a violated constraint of the caller's own stays the driver's error.
 */
export function statementRunner(classify: (error: unknown) => DatabaseFault): RunOn {
  return (executor) =>
    async (query, duplicates = {}) => {
      try {
        return await executor.executeQuery(query.compile());
      } catch (error) {
        const fault = classify(error);
        if (fault.kind === "undefined_table") throw missingTable(error);
        const code = fault.kind === "unique" ? duplicates[fault.column] : undefined;
        throw code ? new LuciaError(code) : error;
      }
    };
}

function missingTable(cause: unknown): ConfigurationError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new ConfigurationError(
    `The auth tables are not complete: the database said "${said}". ` +
      "Expected auth_user, auth_session and auth_key with all their columns. " +
      "Call `await migrate()` before the first request, or check that this is the right database.",
    { cause },
  );
}
