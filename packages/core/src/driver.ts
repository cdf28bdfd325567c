import {
  CompiledQuery,
  createQueryId,
  type DatabaseConnection,
  type Driver,
  type QueryCompiler,
  type RawBuilder,
  sql,
  type TransactionSettings,
} from "kysely";
import type { OpenedPool } from "./dialect-spec.js";

type SavepointArguments = [
  connection: DatabaseConnection,
  name: string,
  compileQuery: QueryCompiler["compileQuery"],
];

/** What `releaseConnection` returns where all is done. It is not waited for. */
export const RELEASED: Promise<void> = Promise.resolve();

/**
 * The base of the dialects' drivers: the statements that begin and end transactions. The pool is not closed by a
 * driver, but by {@link OpenedPool.close}.
 */
export abstract class PoolDriver implements Driver {
  async init(): Promise<void> {}

  async destroy(): Promise<void> {}

  abstract acquireConnection(): Promise<DatabaseConnection>;
  abstract releaseConnection(connection: DatabaseConnection): Promise<void>;

  /** The statements, one or more, that begin a transaction with these settings. */
  protected abstract beginning(settings: TransactionSettings): readonly string[];

  async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    for (const statement of this.beginning(settings)) {
      await connection.executeQuery(CompiledQuery.raw(statement));
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async savepoint(...[connection, name, compile]: SavepointArguments): Promise<void> {
    await execute(connection, sql`savepoint ${sql.id(name)}`, compile);
  }

  async rollbackToSavepoint(...[connection, name, compile]: SavepointArguments): Promise<void> {
    await execute(connection, sql`rollback to savepoint ${sql.id(name)}`, compile);
  }

  async releaseSavepoint(...[connection, name, compile]: SavepointArguments): Promise<void> {
    await execute(connection, sql`release savepoint ${sql.id(name)}`, compile);
  }
}

async function execute(
  connection: DatabaseConnection,
  query: RawBuilder<unknown>,
  compileQuery: QueryCompiler["compileQuery"],
): Promise<void> {
  await connection.executeQuery(compileQuery(query.toOperationNode(), createQueryId()));
}
