import type { Compilable, QueryExecutor, QueryResult } from "kysely";
import { LuciaError } from "lucia-auth";
import { ConfigurationError } from "../configuration-error.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import { inSavepoint } from "./savepoint.js";

type LuciaCode = ConstructorParameters<typeof LuciaError>[0];

/** Which unique column of a statement has which code of Lucia's: `{ "auth_key.id": "AUTH_DUPLICATE_KEY_ID" }`. */
type DuplicateCodes = Readonly<Record<string, LuciaCode>>;

/** Runs one auth statement and gives its error the meaning that it has for that statement. */
type Run = <Row>(query: Compilable<Row>, duplicates?: DuplicateCodes) => Promise<QueryResult<Row>>;

/** The ways in which auth statements run on one executor. */
export interface Statements {
  readonly run: Run;
  /**
   * Runs several statements of which all take effect or none: in a transaction of their own, or in a
   * savepoint of the transaction that the executor is.
   */
  readonly atomically: <T>(work: (run: Run) => Promise<T>) => Promise<T>;
}

/**
 * Errors are mapped per statement: a violated constraint means what the statement says it means, and
 * a violated constraint of the caller's own stays the driver's error. A statement that fails in a
 * transaction has no effect and leaves the transaction usable.
 */
export function statementsOn(db: Executor, spec: DialectSpec): Statements {
  const runOn =
    (executor: QueryExecutor): Run =>
    async (query, duplicates = {}) => {
      try {
        return await executor.executeQuery(query.compile());
      } catch (error) {
        throw translate(error, spec, duplicates);
      }
    };

  const atomically: Statements["atomically"] = (work) =>
    db.isTransaction
      ? inSavepoint(db, (executor) => work(runOn(executor)))
      : db.transaction().execute((trx) => work(runOn(trx.getExecutor())));

  const run: Run =
    db.isTransaction && spec.errorEndsTransaction
      ? (query, duplicates) => atomically((inside) => inside(query, duplicates))
      : runOn(db.getExecutor());

  return { run, atomically };
}

function translate(error: unknown, spec: DialectSpec, duplicates: DuplicateCodes): unknown {
  if (spec.classifyError(error) === "undefined_object") return missingObject(error);
  for (const [column, code] of Object.entries(duplicates)) {
    if (spec.isUniqueViolation(error, column)) return new LuciaError(code);
  }
  return error;
}

function missingObject(cause: unknown): ConfigurationError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new ConfigurationError(
    `A table or column that this call needs is not there: the database said "${said}". ` +
      "Where it is one of auth_user, auth_session and auth_key, call `await migrate()` before the " +
      "first request, or check that this is the right database. Where it is a column of yours, check " +
      "the attributes.",
    { cause },
  );
}
