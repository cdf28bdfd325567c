import type { CreateTableBuilder } from "kysely";
import { ConfigurationError } from "./configuration-error.js";
import { describeValue } from "./describe-value.js";
import type { AuthColumnTypes, DialectSpec } from "./dialect-spec.js";
import type { AnyKysely } from "./executor.js";
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
  await locked(db, spec, async (connection) => {
    const queries = connection.withoutPlugins();
    const columnTypes = await spec.columnTypes(queries);
    const renamed = queries.withPlugin(names.plugin);
    const tables = authTables(renamed, columnTypes, names, userColumns);
    const missing = await missingTables(queries, spec, tables);
    if (names.schema !== undefined) await createSchema(queries, names.schema);
    for (const table of missing) {
      await (spec.tableOptions ? table.modifyEnd(spec.tableOptions) : table).execute();
    }
    for (const index of authIndexes(renamed, names)) await createIndex(index, spec);
  });
}

/**
 * Kysely's lock for migrations, which keeps several processes from migrating at the same time. The names
 * are for adapters that lock a row of a table; those of our databases have locks of another kind.
 */
const LOCK = { lockTable: "kysely_lucia", lockRowId: "migrate" };

// biome-ignore lint/suspicious/noExplicitAny: tables of any columns
type AnyTable = CreateTableBuilder<string, any>;

type Index = ReturnType<typeof authIndexes>[number];

/** In one transaction where the database can roll back the creation of tables, and one process at a time. */
function locked(
  db: AnyKysely,
  { lockMigrations }: DialectSpec,
  work: (connection: AnyKysely) => Promise<void>,
): Promise<void> {
  const { adapter } = db.getExecutor();
  if (adapter.supportsTransactionalDdl) {
    return db.transaction().execute(async (trx) => {
      await lockMigrations?.(trx.withoutPlugins() as AnyKysely);
      await work(trx);
    });
  }
  return db.connection().execute(async (connection) => {
    const queries = connection.withoutPlugins();
    await adapter.acquireMigrationLock(queries, LOCK);
    try {
      await work(connection);
    } finally {
      await adapter.releaseMigrationLock(queries, LOCK);
    }
  });
}

function authTables(
  { schema }: AnyKysely,
  { id, integer, boolean, text }: AuthColumnTypes,
  names: AuthTableNames,
  userColumns: UserColumns,
): AnyTable[] {
  const users = userColumns(
    schema.createTable("auth_user").addColumn("id", id, (c) => c.notNull().primaryKey()),
  );
  if (typeof Object(users).toOperationNode !== "function") {
    throw new ConfigurationError(
      `The option \`userColumns\` has returned ${describeValue(users)}. Expected the table that it was given, ` +
        'with columns added: `userColumns: (table) => table.addColumn("username", "varchar(255)")`.',
    );
  }
  const userForeignKey = (table: string) => `${names.nameOf(table)}_user_id_fk`;
  return [
    users,
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
  if (spec.createsIndexIfNotExists) return await index.ifNotExists().execute();
  try {
    await index.execute();
  } catch (error) {
    if (spec.classifyError(error) !== "duplicate_index") throw error;
  }
}

/** @throws ConfigurationError where a table is there without a column that it needs */
async function missingTables(
  db: AnyKysely,
  { searchPath }: DialectSpec,
  tables: readonly AnyTable[],
): Promise<AnyTable[]> {
  const path = await searchPath?.(db);
  const there = await db.introspection.getTables();
  const findTable = (table: AnyTable) => {
    const { identifier, schema } = table.toOperationNode().table.table;
    const named = there.filter((other) => other.name === identifier.name);
    const schemas = schema ? [schema.name] : path;
    return schemas
      ? schemas.map((name) => named.find((other) => other.schema === name)).find(Boolean)
      : named[0];
  };

  const missingColumns = tables.flatMap((table) => {
    const found = findTable(table);
    const has = new Set(found?.columns.map((column) => column.name));
    return table
      .toOperationNode()
      .columns.map((column) => column.column.column.name)
      .filter((column) => found && !has.has(column))
      .map((column) => `${found?.name}.${column}`);
  });
  if (missingColumns.length > 0) {
    throw new ConfigurationError(
      `migrate() found tables that lack columns: ${missingColumns.join(", ")}. It creates tables, it does ` +
        "not alter those that are there. Add the columns with `db.schema.alterTable`, or check that " +
        "this is the right database. Nothing was changed.",
    );
  }
  return tables.filter((table) => !findTable(table));
}
