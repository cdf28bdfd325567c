import type { CompiledQuery, QueryExecutor, QueryResult } from "kysely";
import { LuciaError } from "lucia-auth";
import { ConfigurationError } from "../configuration-error.js";
import { messageOf } from "../describe-value.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { AuthTableNames } from "../table-names.js";
import { repeated } from "../transaction/attempts.js";
import type { Transact } from "../transaction/guard.js";
import { inSavepoint } from "../transaction/savepoint.js";

type LuciaCode = ConstructorParameters<typeof LuciaError>[0];

/** Which unique column of a statement has which code of Lucia's: `{ "auth_key.id": "AUTH_DUPLICATE_KEY_ID" }`. */
type DuplicateCodes = Readonly<Record<`${string}.${string}`, LuciaCode>>;

/** Runs one auth statement and gives its error the meaning that it has for that statement. */
export type Run = <Row>(
  query: CompiledQuery<Row>,
  duplicates?: DuplicateCodes,
) => Promise<QueryResult<Row>>;

/** What the auth statements of one factory have in common. */
export interface StatementContext {
  readonly spec: DialectSpec;
  readonly names: AuthTableNames;
  /** For several statements outside of any transaction. */
  readonly transact: Transact;
}

/** The ways in which auth statements run on one executor. */
export interface Statements {
  /** Whether they run in a transaction that others have begun. */
  readonly inTransaction: boolean;
  /** Runs a statement that violates no constraint: one that reads, or that was written not to. */
  readonly run: Run;
  /** Runs a statement that may violate a constraint: a transaction that it fails in stays usable. */
  readonly attempt: Run;
  /**
   * Runs several statements of which all take effect or none: in a transaction of their own, or in a
   * savepoint of the transaction that the executor is.
   */
  readonly atomically: <T>(work: (run: Run) => Promise<T>) => Promise<T>;
}

/**
 * Errors are mapped per statement: a violated constraint means what the statement says it means, and
 * a violated constraint of the caller's own stays the driver's error. A statement that fails in a
 * transaction has no effect.
 */
export function statementsOn(
  db: Executor,
  { spec, names, transact }: StatementContext,
): Statements {
  const runOn =
    (executor: Pick<QueryExecutor, "executeQuery">): Run =>
    <Row>(query: CompiledQuery<Row>, duplicates?: DuplicateCodes) =>
      executor.executeQuery<Row>(query).catch((error: unknown) => {
        throw translate(error, duplicates);
      });

  const translate = (error: unknown, duplicates: DuplicateCodes = {}): unknown => {
    spec.hideValues?.(error);
    if (spec.classifyError(error) === "undefined_object") return missingObject(error);
    for (const [known, code] of Object.entries(duplicates)) {
      const [table = "", column] = known.split(".");
      if (spec.isUniqueViolation(error, `${names.nameOf(table)}.${column}`)) {
        return new LuciaError(code);
      }
    }
    return error;
  };

  // Plugins have done their work when a statement is compiled.
  const executor = db.getExecutor().withoutPlugins();
  if (!db.isTransaction) {
    // Nothing else depends on a call of its own, so that it can be repeated.
    const repeatedly = <T>(once: () => Promise<T>, failed = 0) =>
      repeated(spec, { retries: RETRIES, on: ["serialization_failure"], failed }, once);
    const runOnce = runOn(executor);
    const settings = spec.isolationLevel ? { isolationLevel: spec.isolationLevel } : {};
    const run: Run = <Row>(query: CompiledQuery<Row>, duplicates?: DuplicateCodes) =>
      executor
        .provideConnection((connection) => connection.executeQuery<Row>(query))
        .catch((error: unknown) => {
          if (spec.classifyError(error) !== "serialization_failure") {
            throw translate(error, duplicates);
          }
          return repeatedly(() => runOnce(query, duplicates), 1);
        });
    return {
      inTransaction: false,
      run,
      attempt: run,
      atomically: (work) =>
        repeatedly(() => transact(settings, (connection) => work(runOn(connection)))),
    };
  }

  const run = runOn(executor);
  const atomically: Statements["atomically"] = (work) =>
    executor.provideConnection((connection) =>
      inSavepoint(connection, () => work(runOn(connection))),
    );
  const attempt: Run = spec.errorEndsTransaction
    ? (query, duplicates) => atomically((inside) => inside(query, duplicates))
    : run;
  return { inTransaction: true, run, attempt, atomically };
}

/** How often an auth call that lost against another one is repeated. */
const RETRIES = 5;

function missingObject(cause: unknown): ConfigurationError {
  return new ConfigurationError(
    `A table or column that this call needs is not there: the database said "${messageOf(cause)}". ` +
      "Where it is one of the tables of users, sessions and keys, call `await migrate()` before the " +
      "first request, or check that this is the right database. Where it is a column of yours, check " +
      "the attributes.",
    { cause },
  );
}
