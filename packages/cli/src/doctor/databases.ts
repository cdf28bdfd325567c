import { type Expression, type Kysely, type RawBuilder, sql } from "kysely";
import type { App } from "../app.js";

/** The auth tables by what they are for, whatever they are called. */
export type Tables = App["tables"];

// biome-ignore lint/suspicious/noExplicitAny: tables whose names are known at run time alone
export type AnyTables = any;

/** Without the plugins of the app, which are about its own queries: names here are those in the database. */
export type Database = Kysely<AnyTables>;

/** What databases write differently. */
export interface DatabaseSql {
  /** An id as its bytes, whatever the collation of its column. */
  bytes(column: string): RawBuilder<unknown>;
  /** What stands before the first colon of a key's id. */
  provider(column: string): RawBuilder<unknown>;
  /** The columns of a table that can be written to, hidden ones too. */
  columns(table: string): RawBuilder<{ readonly name: string }>;
  /** The statements that make a new table with these columns of another one, and none of its rows. */
  emptyCopy(name: string, table: string, columns: readonly string[]): RawBuilder<unknown>[];
  /** Each column with a foreign key to this table. */
  references(target: string, tables: Tables): RawBuilder<Reference>;
  /** What would be done or lost, in words, when rows of this table are deleted or updated, and has no copy. */
  obstacles(table: string, event: RowEvent): RawBuilder<{ readonly what: string }>;
  /** Rows to be inserted, with their values for columns that number themselves. */
  inserted(rows: Expression<unknown>): Expression<unknown>;
  /** What a transaction begins with, so that it neither waits for ever nor overlooks rows. */
  readonly preparation: readonly RawBuilder<unknown>[];
  /** Whether rows can be locked: SQLite locks all of them. */
  readonly locksRows: boolean;
}

export type RowEvent = "delete" | "update";

/** A column that refers to one of another table. */
export interface Reference {
  readonly schema: string | null;
  readonly table: string;
  /** The foreign key's name, unique together with its table. */
  readonly name: string;
  readonly column: string;
  readonly target: string;
  /** Whether it is the user of a session or a key, which the doctor knows of. */
  readonly isOwn: unknown;
}

/** How long to wait for rows that others have locked, in seconds. */
const PATIENCE = 10;

/** A table of PostgreSQL as its catalogs know it, found as a query finds it. */
const oidOf = (table: string) => {
  const parts = table.split(".").map((part) => sql`quote_ident(${part})`);
  return sql`to_regclass(${sql.join(parts, sql` || '.' || `)})`;
};

/** That table, and those that inherit from it or are a part of it. */
const familyOf = (table: string) => sql`
  with recursive family (oid) as (
    select ${oidOf(table)}::oid union select i.inhrelid from pg_inherits i join family on i.inhparent = family.oid
  )`;

/** The bits of `tgtype`, and `ev_type`. */
const EVENTS: Readonly<Record<RowEvent, readonly [bit: number, type: string]>> = {
  delete: [8, "4"],
  update: [16, "2"],
};

const asSelect = (table: string, columns: readonly string[]) =>
  sql`as select ${sql.join(columns.map((column) => sql.id(column)))} from ${sql.table(table)} where false`;

const POSTGRES: DatabaseSql = {
  bytes: (column) => sql`convert_to(${sql.ref(column)}, 'UTF8')`,
  provider: (column) => sql`split_part(${sql.ref(column)}, ':', 1)`,
  columns: (table) => sql`
    select attname as "name" from pg_attribute
    where attrelid = ${oidOf(table)} and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
  // Others may have rights on new tables by default, and are kept from these rows as from those of the table.
  emptyCopy: (name, table, columns) => [
    sql`create table ${sql.table(name)} ${asSelect(table, columns)}`,
    sql`alter table ${sql.table(name)} enable row level security`,
  ],
  // Those to a table that inherits from it, or is a part of it, count as well.
  references: (target, { key, session }) => sql`
    ${familyOf(target)}
    select s.nspname as "schema", owner.relname as "table", f.conname as "name", c.attname as "column", u.attname as "target",
      owner.oid in (${oidOf(key)}, ${oidOf(session)}) and c.attname = 'user_id' and cardinality(f.conkey) = 1 as "isOwn"
    from pg_constraint f
      join family on family.oid = f.confrelid
      join pg_class owner on owner.oid = f.conrelid
      join pg_namespace s on s.oid = owner.relnamespace
      cross join lateral unnest(f.conkey, f.confkey) as pair (own, other)
      join pg_attribute c on c.attrelid = f.conrelid and c.attnum = pair.own
      join pg_attribute u on u.attrelid = f.confrelid and u.attnum = pair.other
    where f.contype = 'f'`,
  obstacles: (table, event) => sql`
    ${familyOf(table)}
    select 'trigger ' || tgname as "what" from pg_trigger join family on family.oid = tgrelid
    where not tgisinternal and tgenabled <> 'D' and tgtype & ${sql.lit(EVENTS[event][0])} <> 0
    union all select 'rule ' || rulename from pg_rewrite join family on family.oid = ev_class where ev_type = ${sql.lit(EVENTS[event][1])}
    union all select 'table ' || relname || ', which inherits from ' || inhparent::regclass
    from pg_inherits join family on family.oid = inhparent join pg_class child on child.oid = inhrelid
    where not relispartition
    order by 1`,
  // Which says nothing where there is no such column.
  inserted: (rows) => sql`overriding system value ${rows}`,
  // Rows that are hidden by row level security are an error then.
  preparation: [
    sql`select set_config('lock_timeout', ${`${PATIENCE}s`}, true), set_config('row_security', 'off', true)`,
  ],
  locksRows: true,
};

const SQLITE: DatabaseSql = {
  bytes: (column) => sql`hex(${sql.ref(column)})`,
  provider: (column) =>
    sql`case instr(${sql.ref(column)}, ':') when 0 then ${sql.ref(column)}
      else substr(${sql.ref(column)}, 1, instr(${sql.ref(column)}, ':') - 1) end`,
  columns: (table) => sql`select name from pragma_table_xinfo(${table}) where hidden = 0`,
  emptyCopy: (name, table, columns) => [
    sql`create table ${sql.table(name)} ${asSelect(table, columns)}`,
  ],
  references: (target, { key, session }) => sql`
    select null as "schema", owner.name as "table", f.id as "name", f."from" as "column",
      coalesce(f."to", (select u.name from pragma_table_info(${target}) as u where u.pk = f.seq + 1)) as "target",
      lower(owner.name) in (lower(${key}), lower(${session})) and f."from" = 'user_id'
        and not exists (select 1 from pragma_foreign_key_list(owner.name) as more where more.id = f.id and more.seq > 0) as "isOwn"
    from sqlite_schema as owner join pragma_foreign_key_list(owner.name) as f
    where owner.type = 'table' and lower(f."table") = lower(${target})`,
  // What one is set off by is in its text alone.
  obstacles: (table, event) => sql`
    select 'trigger ' || name as "what" from (select * from sqlite_schema union all select * from sqlite_temp_schema)
    where type = 'trigger' and lower(tbl_name) = lower(${table}) and lower(sql) like ${`%${event}%`} order by 1`,
  inserted: (rows) => rows,
  preparation: [],
  locksRows: false,
};

const MYSQL: DatabaseSql = {
  // Of one character set, as those of the two columns may differ.
  bytes: (column) => sql`hex(convert(${sql.ref(column)} using utf8mb4))`,
  provider: (column) => sql`substring_index(${sql.ref(column)}, ':', 1)`,
  columns: (table) => sql`
    select column_name as \`name\` from information_schema.columns
    where table_schema = database() and table_name = ${table} and coalesce(generation_expression, '') = '' order by ordinal_position`,
  // With a primary key, as servers may refuse tables that have none.
  emptyCopy: (name, table, columns) => [
    sql`create table ${sql.table(name)} (primary key (id)) engine = InnoDB ${asSelect(table, columns)}`,
  ],
  references: (target, { key, session }) => sql`
    select f.table_schema as \`schema\`, f.table_name as \`table\`, f.constraint_name as \`name\`, f.column_name as \`column\`,
      f.referenced_column_name as \`target\`,
      f.table_schema = database() and f.table_name in (${key}, ${session}) and f.column_name = 'user_id' and not exists (
        select 1 from information_schema.key_column_usage as more
        where more.constraint_schema = f.constraint_schema and more.constraint_name = f.constraint_name
          and more.table_name = f.table_name and more.ordinal_position > 1
      ) as \`isOwn\`
    from information_schema.key_column_usage as f
    where f.referenced_table_schema = database() and f.referenced_table_name = ${target}`,
  obstacles: (table, event) => sql`
    select concat('trigger ', trigger_name) as \`what\` from information_schema.triggers
    where event_object_schema = database() and event_object_table = ${table} and event_manipulation = ${event} order by 1`,
  inserted: (rows) => rows,
  // Of this connection, which the pool keeps: until the program ends, nobody else has it.
  preparation: [sql`set session innodb_lock_wait_timeout = ${sql.lit(PATIENCE)}`],
  locksRows: true,
};

/** By what Kysely's adapters say of their databases, each of which differs from the others. */
export function databaseSqlOf(db: Database): DatabaseSql {
  const { supportsTransactionalDdl, supportsReturning } = db.getExecutor().adapter;
  if (supportsTransactionalDdl) return POSTGRES;
  return supportsReturning ? SQLITE : MYSQL;
}
