import {
  type AnyKysely,
  grouped,
  type LiveColumn,
  type LiveForeignKey,
  type LiveTable,
  type TableName,
} from "@kysely-lucia/core";
import { sql } from "kysely";

/** The tables of these names as they are, by the system's catalogs. */
export async function inspectTables(
  db: AnyKysely,
  names: readonly TableName[],
): Promise<(LiveTable | undefined)[]> {
  const tables = [];
  for (const name of names) tables.push(await inspectTable(db, name));
  return tables;
}

/** What is not a table, by `relkind`. */
const OTHERS: Readonly<Record<string, string>> = {
  v: "a view",
  m: "a materialized view",
  f: "a foreign table",
  S: "a sequence",
  i: "an index",
  I: "an index",
  c: "a type",
};

async function inspectTable(
  db: AnyKysely,
  { schema, name }: TableName,
): Promise<LiveTable | undefined> {
  const path = schema === undefined ? sql`` : sql`quote_ident(${schema}) || '.' || `;
  // Found as a query would find it.
  const found = await sql<{ oid: string; kind: string; isTemporary: boolean; hidesRows: boolean }>`
    select oid::text as oid, relkind::text as kind, relpersistence = 't' as "isTemporary", row_security_active(oid) as "hidesRows"
    from pg_class where oid = to_regclass(${path} quote_ident(${name}))
  `.execute(db);
  const [table] = found.rows;
  if (!table) return undefined;
  const oid = sql`${table.oid}::oid`;

  // Of a domain, the type that it is made of.
  const { rows: columns } = await sql<ColumnEntry>`
    select a.attname::text as name, base.typname::text as base, c.collisdeterministic as "isDeterministic",
      format_type(a.atttypid, a.atttypmod) || case when c.collisdeterministic then '' else coalesce(' collate ' || c.oid::regcollation, '') end as type, (case t.typtype when 'd' then t.typtypmod else a.atttypmod end)::text as modifier,
      not a.attnotnull as "isNullable", a.atthasdef or a.attidentity <> '' as "hasDefault",
      a.attgenerated <> '' or a.attidentity = 'a' as "isGenerated"
    from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      join pg_type base on base.oid = case t.typtype when 'd' then t.typbasetype else t.oid end
      left join pg_collation c on c.oid = a.attcollation
    where a.attrelid = ${oid} and a.attnum > 0 and not a.attisdropped
    order by a.attnum
  `.execute(db);
  const { rows: entries } = await sql<{ index: string; isUnique: boolean; column: string | null }>`
    select i.relname::text as index, x.indisunique and state.usable as "isUnique", case when state.usable then a.attname::text end as column
    from pg_index x
      join pg_class i on i.oid = x.indexrelid
      join pg_am m on m.oid = i.relam
      cross join lateral (select x.indisvalid and x.indpred is null and m.amname = 'btree') as state (usable)
      cross join lateral unnest(x.indkey::int2[]) with ordinality as entry (attnum, place)
      left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = entry.attnum
    where x.indrelid = ${oid} and entry.place <= x.indnkeyatts
    order by i.relname, entry.place
  `.execute(db);
  const { rows: references } = await sql<Reference>`
    select r.conname::text as name, a.attname::text as column,
      case
        when users.relnamespace = owner.relnamespace or pg_table_is_visible(users.oid) and pg_table_is_visible(owner.oid) then ''
        else users.relnamespace::regnamespace || '.'
      end || users.relname as table,
      r.confdeltype::text as "onDelete", r.confupdtype::text as "onUpdate"
    from pg_constraint r
      join pg_class owner on owner.oid = r.conrelid
      join pg_class users on users.oid = r.confrelid
      cross join lateral unnest(r.conkey) with ordinality as entry (attnum, place)
      join pg_attribute a on a.attrelid = r.conrelid and a.attnum = entry.attnum
    where r.conrelid = ${oid} and r.contype = 'f'
    order by r.conname, entry.place
  `.execute(db);
  // Those of partitions are the partitioned table's.
  const { rows: referring } = await sql<{ column: string }>`
    select case when owner.relnamespace = users.relnamespace then '' else owner.relnamespace::regnamespace || '.' end
      || owner.relname || '.' || a.attname as column
    from pg_constraint r
      join pg_class owner on owner.oid = r.conrelid
      join pg_class users on users.oid = r.confrelid
      cross join lateral unnest(r.conkey) as entry (attnum)
      join pg_attribute a on a.attrelid = r.conrelid and a.attnum = entry.attnum
    where r.confrelid = ${oid} and r.contype = 'f' and r.conparentid = 0
    order by 1
  `.execute(db);

  const otherKind = table.isTemporary ? "a temporary table" : OTHERS[table.kind];
  return {
    name,
    ...(otherKind !== undefined && { otherKind }),
    columns: columns.map(liveColumn),
    indexes: grouped(entries, ({ index }) => index).map((of) => ({
      name: of[0].index,
      isUnique: of[0].isUnique,
      columns: of.map(({ column }) => column ?? undefined),
    })),
    foreignKeys: grouped(references, (reference) => reference.name).map((of) => ({
      name: of[0].name,
      columns: of.map(({ column }) => column),
      table: of[0].table,
      onDelete: ACTIONS[of[0].onDelete] ?? "no action",
      onUpdate: ACTIONS[of[0].onUpdate] ?? "no action",
    })),
    referencedBy: referring.map(({ column }) => column),
    isTransactional: true,
    hidesRows: table.hidesRows,
  };
}

interface Reference {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  readonly onDelete: string;
  readonly onUpdate: string;
}

/** By `confdeltype` and `confupdtype`. */
const ACTIONS: Readonly<Record<string, LiveForeignKey["onDelete"]>> = {
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

interface ColumnEntry {
  readonly name: string;
  readonly type: string;
  readonly base: string;
  /** Of `varchar(15)`, 19. */
  readonly modifier: string;
  /** Null for types without a collation. */
  readonly isDeterministic: boolean | null;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  readonly isGenerated: boolean;
}

const FITS: Readonly<Record<string, LiveColumn["fits"]>> = {
  text: ["text"],
  varchar: ["text"],
  bpchar: ["text"],
  citext: ["text"],
  int8: ["integer"],
  numeric: ["integer"],
  bool: ["boolean"],
};

function liveColumn(entry: ColumnEntry): LiveColumn {
  const { name, type, base, isDeterministic, isNullable, hasDefault, isGenerated } = entry;
  const modifier = Number(entry.modifier);
  // `char` ignores spaces at the end, `citext` what is upper and what is lower case.
  const comparesBytes = (base === "text" || base === "varchar") && isDeterministic !== false;
  return {
    name,
    type,
    fits: FITS[base] ?? [],
    maxLength: (base === "varchar" || base === "bpchar") && modifier > 4 ? modifier - 4 : undefined,
    comparesBytes,
    isNullable,
    hasDefault,
    isGenerated,
  };
}
