import { type CreateTableBuilder, type Expression, type Kysely, sql } from "kysely";
import { ConfigurationError } from "./configuration-error.js";
import type { AuthColumnTypes, DialectSpec } from "./dialect-spec.js";
import type { UserColumns } from "./options.js";
import type { AuthTableNames } from "./table-names.js";

/**
 * Creates those of the auth tables and of their indexes that are not there, `auth_user` with the app's
 * columns.
 *
 * @throws ConfigurationError where a table is there without a column that it needs; nothing is
 *   changed then.
 */
export async function migrate(
  db: AnyKysely,
  spec: DialectSpec,
  names: AuthTableNames,
  userColumns: UserColumns = (table) => table,
): Promise<void> {
  const { adapter } = db.getExecutor();
  await onOneConnection(db, async (connection) => {
    const queries = connection.withoutPlugins();
    await adapter.acquireMigrationLock(queries, LOCK);
    try {
      const columnTypes = await spec.columnTypes(queries);
      const renamed = queries.withPlugin(names.plugin());
      const tables = authTables(renamed, columnTypes, names, userColumns);
      await refuseIncompleteTables(queries, spec, tables);
      if (names.schema !== undefined) await createSchema(queries, names.schema);
      for (const table of tables) await table.ifNotExists().execute();
      for (const index of authIndexes(renamed, names)) await createIndex(index, spec);
    } finally {
      await adapter.releaseMigrationLock(queries, LOCK);
    }
  });
}

/**
 * Kysely's lock for migrations, which keeps several processes from migrating at the same time. The names
 * are for adapters that lock a row of a table; those of our databases have locks of another kind.
 */
const LOCK = { lockTable: "kysely_lucia", lockRowId: "migrate" };

// biome-ignore lint/suspicious/noExplicitAny: tables of any app
type AnyKysely = Kysely<any>;

// biome-ignore lint/suspicious/noExplicitAny: tables of any columns
type AnyTable = CreateTableBuilder<string, any>;

type Index = ReturnType<typeof authIndexes>[number];

/** In one transaction, where the database can roll back the creation of tables. */
function onOneConnection<T>(db: AnyKysely, work: (connection: AnyKysely) => Promise<T>) {
  return db.getExecutor().adapter.supportsTransactionalDdl
    ? db.transaction().execute(work)
    : db.connection().execute(work);
}

function authTables(
  { schema }: AnyKysely,
  { id, integer, boolean, text }: AuthColumnTypes,
  names: AuthTableNames,
  userColumns: UserColumns,
): AnyTable[] {
  const userForeignKey = (table: string) => `${names.nameOf(table)}_user_id_fk`;
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
      .addForeignKeyConstraint(userForeignKey("auth_session"), ["user_id"], "auth_user", ["id"]),
    schema
      .createTable("auth_key")
      .addColumn("id", id, (c) => c.notNull().primaryKey())
      .addColumn("user_id", id, (c) => c.notNull())
      .addColumn("primary_key", boolean, (c) => c.notNull())
      .addColumn("hashed_password", text)
      .addColumn("expires", integer)
      .addForeignKeyConstraint(userForeignKey("auth_key"), ["user_id"], "auth_user", ["id"]),
  ];
}

/** For the sessions and keys of a user, and for those that have expired. */
function authIndexes({ schema }: AnyKysely, names: AuthTableNames) {
  const index = (table: string, ...columns: string[]) =>
    schema
      .createIndex(`${names.nameOf(table)}_${columns.join("_")}_index`)
      .on(table)
      .columns(columns);
  return [
    index("auth_session", "user_id", "idle_expires"),
    index("auth_session", "idle_expires"),
    index("auth_key", "user_id"),
    index("auth_key", "expires"),
  ];
}

/** `create schema if not exists` asks for the right to create one, also where it is there. */
async function createSchema(db: AnyKysely, name: string): Promise<void> {
  const schemas = await db.introspection.getSchemas();
  if (!schemas.some((schema) => schema.name === name)) {
    await db.schema.createSchema(name).execute();
  }
}

async function createIndex(index: Index, spec: DialectSpec): Promise<void> {
  if (spec.createsIndexIfNotExists) return index.ifNotExists().execute();
  try {
    await index.execute();
  } catch (error) {
    if (spec.classifyError(error) !== "duplicate_index") throw error;
  }
}

async function refuseIncompleteTables(
  db: AnyKysely,
  { currentSchema }: DialectSpec,
  tables: readonly AnyTable[],
): Promise<void> {
  const home = currentSchema && (await evaluate(db, currentSchema));
  const there = await db.introspection.getTables();
  const missing = tables.flatMap((table) => {
    const { table: node, columns } = table.toOperationNode();
    const name = node.table.identifier.name;
    const schema = node.table.schema?.name ?? home;
    const found = there.find(
      (other) => other.name === name && (!currentSchema || other.schema === schema),
    );
    const has = new Set(found?.columns.map((column) => column.name));
    return columns
      .map((column) => column.column.column.name)
      .filter((column) => found && !has.has(column))
      .map((column) => `${name}.${column}`);
  });
  if (missing.length > 0) {
    throw new ConfigurationError(
      `migrate() found tables that lack columns: ${missing.join(", ")}. It creates tables, it does ` +
        "not alter those that are there. Add the columns with `db.schema.alterTable`, or check that " +
        "this is the right database. Nothing was changed.",
    );
  }
}

async function evaluate<T>(db: AnyKysely, expression: Expression<T>): Promise<T | undefined> {
  const { rows } = await sql<{ value: T }>`select ${expression} as value`.execute(db);
  return rows[0]?.value;
}
