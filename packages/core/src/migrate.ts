import type { CreateTableBuilder, Kysely } from "kysely";
import { ConfigurationError } from "./configuration-error.js";
import type { DialectSpec } from "./dialect-spec.js";
import type { UserColumns } from "./options.js";

/**
 * Creates the auth tables with their indexes, and the app's columns of `auth_user`, where they are
 * not there.
 *
 * @throws ConfigurationError where a table is there without a column that it needs; nothing is
 *   changed then.
 */
export async function migrate(
  db: AnyKysely,
  { columnTypes }: DialectSpec,
  userColumns: UserColumns = (table) => table,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const queries = trx.withoutPlugins();
    const { adapter } = queries.getExecutor();
    await adapter.acquireMigrationLock(queries, LOCK);
    try {
      const tables = authTables(queries, columnTypes, userColumns);
      await refuseIncompleteTables(queries, tables);
      for (const table of tables) await table.ifNotExists().execute();
      for (const index of authIndexes(queries)) await index.ifNotExists().execute();
    } finally {
      await adapter.releaseMigrationLock(queries, LOCK);
    }
  });
}

/** Kysely's lock for migrations, which keeps several processes from migrating at the same time. */
const LOCK = { lockTable: "kysely_lucia", lockRowId: "migrate" };

// biome-ignore lint/suspicious/noExplicitAny: tables of any app
type AnyKysely = Kysely<any>;

// biome-ignore lint/suspicious/noExplicitAny: tables of any columns
type AnyTable = CreateTableBuilder<string, any>;

function authTables(
  { schema }: AnyKysely,
  { id, integer, boolean, text }: DialectSpec["columnTypes"],
  userColumns: UserColumns,
): AnyTable[] {
  return [
    userColumns(
      schema.createTable("auth_user").addColumn("id", id, (c) => c.notNull().primaryKey()),
    ),
    schema
      .createTable("auth_session")
      .addColumn("id", id, (c) => c.notNull().primaryKey())
      .addColumn("user_id", id, (c) => c.notNull())
      .addColumn("active_expires", integer, (c) => c.notNull())
      .addColumn("idle_expires", integer, (c) => c.notNull())
      .addForeignKeyConstraint("auth_session_user_id_fk", ["user_id"], "auth_user", ["id"]),
    schema
      .createTable("auth_key")
      .addColumn("id", id, (c) => c.notNull().primaryKey())
      .addColumn("user_id", id, (c) => c.notNull())
      .addColumn("primary_key", boolean, (c) => c.notNull())
      .addColumn("hashed_password", text)
      .addColumn("expires", integer)
      .addForeignKeyConstraint("auth_key_user_id_fk", ["user_id"], "auth_user", ["id"]),
  ];
}

/** For the sessions and keys of a user, and for those that have expired. */
function authIndexes({ schema }: AnyKysely) {
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

async function refuseIncompleteTables(db: AnyKysely, tables: readonly AnyTable[]): Promise<void> {
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
