import type { CreateTableBuilder } from "kysely";
import { ConfigurationError } from "./configuration-error.js";
import type { DialectSpec, Executor } from "./dialect-spec.js";
import type { UserColumns } from "./options.js";

/**
 * Creates the auth tables with their indexes, and the app's columns of `auth_user`, where they are
 * not there.
 *
 * @throws ConfigurationError where a table is there without a column that it needs; nothing is
 *   changed then.
 */
export async function migrate(
  db: Executor,
  { columnTypes }: Pick<DialectSpec<never>, "columnTypes">,
  userColumns: UserColumns = (table) => table,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const tables = authTables(trx, columnTypes, userColumns);
    await refuseIncompleteTables(trx, tables);
    for (const table of tables) await table.ifNotExists().execute();
    for (const index of authIndexes(trx)) await index.ifNotExists().execute();
  });
}

// biome-ignore lint/suspicious/noExplicitAny: tables of any columns
type AnyTable = CreateTableBuilder<string, any>;

function authTables(
  { schema }: Executor,
  { id, integer, boolean, text }: DialectSpec<never>["columnTypes"],
  userColumns: UserColumns,
): AnyTable[] {
  return [
    userColumns(
      schema.createTable("auth_user").addColumn("id", id, (c) => c.notNull().primaryKey()),
    ),
    schema
      .createTable("auth_session")
      .addColumn("id", id, (c) => c.notNull().primaryKey())
      .addColumn("user_id", id, (c) => c.notNull().references("auth_user.id"))
      .addColumn("active_expires", integer, (c) => c.notNull())
      .addColumn("idle_expires", integer, (c) => c.notNull()),
    schema
      .createTable("auth_key")
      .addColumn("id", id, (c) => c.notNull().primaryKey())
      .addColumn("user_id", id, (c) => c.notNull().references("auth_user.id"))
      .addColumn("primary_key", boolean, (c) => c.notNull())
      .addColumn("hashed_password", text)
      .addColumn("expires", integer),
  ];
}

/** For the sessions and keys of a user, and for those that have expired. */
function authIndexes({ schema }: Executor) {
  const index = (table: string, ...columns: string[]) =>
    schema
      .createIndex(`${table}_${columns.join("_")}_index`)
      .on(table)
      .columns(columns);
  return [
    index("auth_session", "user_id", "idle_expires"),
    index("auth_session", "idle_expires"),
    index("auth_key", "user_id"),
    index("auth_key", "expires"),
  ];
}

async function refuseIncompleteTables(db: Executor, tables: readonly AnyTable[]): Promise<void> {
  const existing = new Map(
    (await db.introspection.getTables()).map((table) => [
      table.name,
      new Set(table.columns.map((column) => column.name)),
    ]),
  );
  const missing = tables.flatMap((table) => {
    const { table: name, columns } = table.toOperationNode();
    const tableName = name.table.identifier.name;
    return columns
      .map((column) => column.column.column.name)
      .filter((column) => existing.get(tableName)?.has(column) === false)
      .map((column) => `${tableName}.${column}`);
  });
  if (missing.length > 0) {
    throw new ConfigurationError(
      `migrate() found tables that lack columns: ${missing.join(", ")}. It creates tables, it does ` +
        "not alter those that are there. Add the columns with `db.schema.alterTable`, or check that " +
        "this is the right database. Nothing was changed.",
    );
  }
}
