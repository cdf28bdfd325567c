import {
  type AnyKysely,
  grouped,
  type LiveColumn,
  type LiveForeignKey,
  type LiveTable,
  type TableName,
} from "@kysely-lucia/core";
import { sql } from "kysely";
import { classifyError } from "./errors.js";

/**
 * The tables of these names as they are, by `information_schema`.
 *
 * @param byteCollation the one that `migrate` gives to ids: where the server has none that tells spaces at the end apart,
 *   this one is as good as it gets
 */
export async function inspectTables(
  db: AnyKysely,
  names: readonly TableName[],
  byteCollation: string,
): Promise<(LiveTable | undefined)[]> {
  const tables = [];
  for (const { name } of names) tables.push(await inspectTable(db, name, byteCollation));
  return tables;
}

async function inspectTable(
  db: AnyKysely,
  name: string,
  byteCollation: string,
): Promise<LiveTable | undefined> {
  const found = await sql<{ name: string; kind: string; transactions: string | null }>`
    select t.table_name as name, t.table_type as kind, e.transactions as transactions
    from information_schema.tables t left join information_schema.engines e on e.engine = t.engine
    where t.table_schema = database() and t.table_name = ${name}
  `.execute(db);
  const isTemporary = await hidesTemporary(db, name);
  const [table = isTemporary ? { name, kind: "", transactions: null } : undefined] = found.rows;
  if (!table) return undefined;

  const { rows: columns } = await sql<ColumnEntry>`
    select column_name as name, column_type as type, data_type as base, character_maximum_length as length,
      character_set_name as charset, collation_name as collation, is_nullable as nullable, column_default as standard, extra as extra,
      column_comment <> '' or column_name in (
        select constraint_name from information_schema.table_constraints
        where table_schema = database() and table_name = ${name} and constraint_type = 'CHECK'
      ) as hasMore
    from information_schema.columns
    where table_schema = database() and table_name = ${name}
    order by ordinal_position
  `.execute(db);
  const { rows: entries } = await sql<{
    index: string;
    isRepeated: unknown;
    column: string | null;
  }>`
    select index_name as \`index\`, non_unique as isRepeated, if(sub_part is null, column_name, null) as \`column\`
    from information_schema.statistics
    where table_schema = database() and table_name = ${name} and index_type = 'BTREE'
    order by index_name, seq_in_index
  `.execute(db);
  const { rows: references } = await sql<Reference>`
    select k.constraint_name as name, k.column_name as \`column\`, concat(if(k.referenced_table_schema = k.table_schema, '', concat(k.referenced_table_schema, '.')), k.referenced_table_name) as \`table\`,
      lower(r.delete_rule) as onDelete, lower(r.update_rule) as onUpdate
    from information_schema.key_column_usage k
      join information_schema.referential_constraints r
        on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name and r.table_name = k.table_name
    where k.table_schema = database() and k.table_name = ${name} and k.referenced_table_name is not null
    order by k.constraint_name, k.ordinal_position
  `.execute(db);
  const { rows: referring } = await sql<{ column: string }>`
    select concat(if(table_schema = database(), '', concat(table_schema, '.')), table_name, '.', column_name) as \`column\`
    from information_schema.key_column_usage
    where referenced_table_schema = database() and referenced_table_name = ${name}
    order by 1
  `.execute(db);

  const kind = table.kind === "BASE TABLE" ? undefined : inWords(table.kind);
  const otherKind = isTemporary ? "a temporary table" : kind;
  return {
    name: table.name,
    ...(otherKind !== undefined && { otherKind }),
    columns: columns.map((column) => liveColumn(column, byteCollation)),
    indexes: grouped(entries, ({ index }) => index).map((of) => ({
      name: of[0].index,
      isUnique: Number(of[0].isRepeated) === 0,
      columns: of.map(({ column }) => column ?? undefined),
    })),
    foreignKeys: grouped(references, (reference) => reference.name).map((of) => ({
      name: of[0].name,
      columns: of.map(({ column }) => column),
      table: of[0].table,
      onDelete: of[0].onDelete,
      onUpdate: of[0].onUpdate,
    })),
    referencedBy: referring.map(({ column }) => column),
    isTransactional: table.transactions === "YES",
    hidesRows: false,
  };
}

/** `SYSTEM VERSIONED` is a table, too. */
function inWords(kind: string): string {
  return `a ${kind.toLowerCase()}${kind.endsWith("VERSIONED") ? " table" : ""}`;
}

/** Whether a query would find a temporary table of this connection, which `information_schema` does not know of. */
async function hidesTemporary(db: AnyKysely, name: string): Promise<boolean> {
  try {
    const { rows } = await sql<object>`show create table ${sql.id(name)}`.execute(db);
    return /^create temporary /i.test(String(Object.values(rows[0] ?? {})[1]));
  } catch (error) {
    // There is none, or it is nothing of this role's.
    if (["undefined_object", "forbidden"].includes(classifyError(error))) return false;
    throw error;
  }
}

interface Reference extends Omit<LiveForeignKey, "columns"> {
  readonly column: string;
}

interface ColumnEntry {
  readonly name: string;
  readonly type: string;
  readonly base: string;
  readonly length: unknown;
  readonly charset: string | null;
  readonly collation: string | null;
  readonly nullable: string;
  readonly standard: unknown;
  readonly extra: string;
  /** A comment, or a check: those of a column have its name on MariaDB, and are none of the column's on MySQL. */
  readonly hasMore: unknown;
}

const INTEGERS = ["tinyint", "smallint", "mediumint", "int", "bigint"];
const TEXTS = ["char", "varchar", "tinytext", "text", "mediumtext", "longtext"];

function liveColumn(entry: ColumnEntry, byteCollation: string): LiveColumn {
  const { name, type, charset, collation, length, nullable, standard, extra, hasMore } = entry;
  const base = entry.base.toLowerCase();
  const isNullable = nullable === "YES";
  return {
    name,
    type: collation === null ? type : `${type} character set ${charset} collate ${collation}`,
    fits: [
      ...(TEXTS.includes(base) ? (["text"] as const) : []),
      ...(base === "bigint" ? (["integer"] as const) : []),
      ...(INTEGERS.includes(base) ? (["boolean"] as const) : []),
    ],
    maxLength: length === null ? undefined : Number(length),
    // Those of other names take a space at the end, at least, for none.
    comparesBytes: collation === byteCollation || /_(nopad|0900)_bin$/.test(collation ?? ""),
    isNullable,
    // MariaDB writes out that a column is null where nothing else is said.
    hasDefault: (standard !== null && standard !== "NULL") || extra !== "",
    hasMore: Number(hasMore) === 1,
    // Not `DEFAULT_GENERATED`, of a default that is an expression.
    isGenerated: /\b(virtual|stored|persistent) generated\b/i.test(extra),
  };
}
