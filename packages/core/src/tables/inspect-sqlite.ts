import { sql } from "kysely";
import type { AnyKysely } from "../executor.js";
import type { TableName } from "../table-names.js";
import { grouped } from "./grouped.js";
import type { LiveColumn, LiveForeignKey, LiveTable } from "./live-tables.js";

/**
 * `inspectTables` for dialects of the SQLite family, whichever driver they are on.
 *
 * Facts: https://www.sqlite.org/pragma.html and https://www.sqlite.org/datatype3.html
 *
 * @example
 * ```ts
 * export const dialectSpec: DialectSpec = { inspectTables: inspectSqliteTables, … };
 * ```
 */
export async function inspectSqliteTables(
  db: AnyKysely,
  names: readonly TableName[],
): Promise<(LiveTable | undefined)[]> {
  const tables = [];
  for (const { name } of names) tables.push(await inspectTable(db, name));
  return tables;
}

async function inspectTable(db: AnyKysely, name: string): Promise<LiveTable | undefined> {
  const found = await sql<Place>`
    select schema as "database", name, type, strict as "isStrict" from pragma_table_list(${name})
  `.execute(db);
  const table = nearest(found.rows);
  if (!table) return undefined;
  const otherKind = otherKindOf(table);

  const { rows: entries } = await sql<IndexEntry>`
    select list.name as "index", list."unique" and not list.partial as "isUnique",
      case when not list.partial then entry.name end as "column", entry.coll as "collation",
      list.origin <> 'c' as "isOfConstraint"
    from pragma_index_list(${name}) as list join pragma_index_xinfo(list.name) as entry on entry.key
    order by list.seq, entry.seqno
  `.execute(db);
  const { rows: columns } = await sql<ColumnEntry>`
    select name, type, "notnull" as "notNull", dflt_value as "standard", hidden from pragma_table_xinfo(${name})
  `.execute(db);
  const { rows: references } = await sql<Reference>`
    select id, coalesce(users.name, "table") as "table", "from" as "column", lower(on_delete) as "onDelete", lower(on_update) as "onUpdate"
    from pragma_foreign_key_list(${name}) left join sqlite_schema as users
      on users.type = 'table' and lower(users.name) = lower("table")
    order by id, seq
  `.execute(db);

  const { rows: referring } = await sql<{ column: string }>`
    select owner.name || '.' || reference."from" as "column"
    from sqlite_schema as owner join pragma_foreign_key_list(owner.name) as reference
    where owner.type = 'table' and lower(reference."table") = lower(${name})
    order by 1
  `.execute(db);

  return {
    name: table.name,
    ...(otherKind !== undefined && { otherKind }),
    ...(Number(table.isStrict) === 1 && { addedTypes: STRICT }),
    columns: columns.map((column) => liveColumn(column, entries)),
    indexes: grouped(entries, ({ index }) => index).map((of) => ({
      name: of[0].index,
      isUnique: Boolean(Number(of[0].isUnique)),
      columns: of.map(({ column }) => column ?? undefined),
    })),
    foreignKeys: grouped(references, ({ id }) => String(id)).map((of) => ({
      name: String(of[0].id),
      columns: of.map(({ column }) => column),
      table: of[0].table,
      onDelete: of[0].onDelete,
      onUpdate: of[0].onUpdate,
    })),
    referencedBy: referring.map(({ column }) => column),
    isTransactional: true,
    hidesRows: false,
  };
}

/** A table or view of the name. There may be one in each of the databases of a connection. */
interface Place {
  readonly database: string;
  readonly name: string;
  readonly type: string;
  /** Whether it takes a few types alone, and values of just these. */
  readonly isStrict: unknown;
}

const STRICT = { id: "text", integer: "integer", boolean: "integer", text: "text" } as const;

/** The one that a query would use. */
function nearest(places: readonly Place[]): Place | undefined {
  const of = (wanted: string) => places.find(({ database }) => database === wanted);
  return of("temp") ?? of("main") ?? places[0];
}

/** What it is in words where it is no table of the database itself, in which a new one would be created. */
function otherKindOf({ database, type }: Place): string | undefined {
  const kind = type === "table" || type === "view" ? type : `${type} table`;
  if (database === "temp") return `a temporary ${kind}`;
  if (database !== "main") return `a ${kind} of the attached database ${database}`;
  return type === "table" ? undefined : `a ${kind}`;
}

interface ColumnEntry {
  readonly name: string;
  readonly type: string;
  readonly notNull: unknown;
  readonly standard: unknown;
  readonly hidden: unknown;
}

interface IndexEntry {
  readonly index: string;
  readonly isUnique: unknown;
  /** Null for an expression. */
  readonly column: string | null;
  readonly collation: string;
  /** Whether it has the columns' own collations: `create index` may name others. */
  readonly isOfConstraint: unknown;
}

interface Reference extends Pick<LiveForeignKey, "table" | "onDelete" | "onUpdate"> {
  readonly id: unknown;
  readonly column: string;
}

function liveColumn(
  { name, type, notNull, standard, hidden }: ColumnEntry,
  entries: readonly IndexEntry[],
): LiveColumn {
  const isNullable = !Number(notNull);
  // SQLite tells a column's collation only through its indexes. Ids are primary keys, so each has one.
  const indexed = entries.filter(({ column }) => column === name);
  const own = indexed.filter(({ isOfConstraint }) => Number(isOfConstraint));
  const collations = (own.length > 0 ? own : indexed).map(({ collation }) => collation);
  const comparesBytes = collations.length === 0 || collations.includes("BINARY");
  return {
    name,
    type: comparesBytes ? type : `${type} collate ${collations[0]}`,
    fits: fits(type),
    maxLength: undefined,
    comparesBytes,
    isNullable,
    hasDefault: standard !== null || Number(hidden) !== 0,
    isGenerated: Number(hidden) > 1,
  };
}

/** What a column makes of values goes by words in the name of its type, in this order. */
function fits(type: string): LiveColumn["fits"] {
  if (/int/i.test(type)) return ["integer", "boolean"];
  if (/char|clob|text/i.test(type)) return ["text"];
  if (/blob/i.test(type) || type === "") return ["text", "integer", "boolean"];
  if (/real|floa|doub/i.test(type)) return [];
  return ["integer", "boolean"];
}
