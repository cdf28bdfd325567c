import { type Kysely, type RawBuilder, sql } from "kysely";
import type { App } from "../app.js";

/** The auth tables by what they are for, whatever they are called. */
export type Tables = App["tables"];

// biome-ignore lint/suspicious/noExplicitAny: tables whose names are known at run time alone
export type AnyTables = any;

/** Without the plugins of the app, which are about its own queries: names here are those in the database. */
export type Database = Kysely<AnyTables>;

/** What databases write differently. */
export interface Words {
  /** An id as its bytes, whatever the collation of its column. */
  bytes(column: string): RawBuilder<unknown>;
  /** What stands before the first colon of a key's id. */
  provider(column: string): RawBuilder<unknown>;
  /** A new table with the columns of another one, and none of its rows. */
  emptyCopy(name: string, table: string): RawBuilder<unknown>;
  /** Each column with a foreign key to this table. */
  references(target: string, tables: Tables): RawBuilder<Reference>;
  /** Whether rows can be locked: SQLite locks all of them. */
  readonly locksRows: boolean;
}

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

const POSTGRES: Words = {
  bytes: (column) => sql`convert_to(${sql.ref(column)}, 'UTF8')`,
  provider: (column) => sql`split_part(${sql.ref(column)}, ':', 1)`,
  emptyCopy: copyOfPostgresAndSqlite,
  references: (target, { key, session }) => {
    const oid = (table: string) => {
      const parts = table.split(".").map((part) => sql`quote_ident(${part})`);
      return sql`to_regclass(${sql.join(parts, sql` || '.' || `)})`;
    };
    return sql<Reference>`
      select s.nspname as "schema", owner.relname as "table", f.conname as "name", c.attname as "column", u.attname as "target",
        owner.oid in (${oid(key)}, ${oid(session)}) and c.attname = 'user_id' and cardinality(f.conkey) = 1 as "isOwn"
      from pg_constraint f
        join pg_class owner on owner.oid = f.conrelid
        join pg_namespace s on s.oid = owner.relnamespace
        cross join lateral unnest(f.conkey, f.confkey) as pair (own, other)
        join pg_attribute c on c.attrelid = f.conrelid and c.attnum = pair.own
        join pg_attribute u on u.attrelid = f.confrelid and u.attnum = pair.other
      where f.contype = 'f' and f.confrelid = ${oid(target)}`;
  },
  locksRows: true,
};

const SQLITE: Words = {
  bytes: (column) => sql`hex(${sql.ref(column)})`,
  provider: (column) => sql`substr(${sql.ref(column)}, 1, instr(${sql.ref(column)}, ':') - 1)`,
  emptyCopy: copyOfPostgresAndSqlite,
  references: (target, { key, session }) => sql<Reference>`
    select null as "schema", owner.name as "table", f.id as "name", f."from" as "column", coalesce(f."to", 'id') as "target",
      lower(owner.name) in (lower(${key}), lower(${session})) and f."from" = 'user_id'
        and not exists (select 1 from pragma_foreign_key_list(owner.name) as more where more.id = f.id and more.seq > 0) as "isOwn"
    from sqlite_schema as owner join pragma_foreign_key_list(owner.name) as f
    where owner.type = 'table' and lower(f."table") = lower(${target})`,
  locksRows: false,
};

const MYSQL: Words = {
  // Of one character set, as those of the two columns may differ.
  bytes: (column) => sql`hex(convert(${sql.ref(column)} using utf8mb4))`,
  provider: (column) => sql`substring_index(${sql.ref(column)}, ':', 1)`,
  // With a primary key, as servers may refuse tables that have none.
  emptyCopy: (name, table) =>
    sql`create table ${sql.table(name)} (primary key (id)) as select * from ${sql.table(table)} where false`,
  references: (target, { key, session }) => sql<Reference>`
    select f.table_schema as \`schema\`, f.table_name as \`table\`, f.constraint_name as \`name\`, f.column_name as \`column\`,
      f.referenced_column_name as \`target\`,
      f.table_schema = database() and f.table_name in (${key}, ${session}) and f.column_name = 'user_id' and not exists (
        select 1 from information_schema.key_column_usage as more
        where more.constraint_schema = f.constraint_schema and more.constraint_name = f.constraint_name
          and more.table_name = f.table_name and more.ordinal_position > 1
      ) as \`isOwn\`
    from information_schema.key_column_usage as f
    where f.referenced_table_schema = database() and f.referenced_table_name = ${target}`,
  locksRows: true,
};

function copyOfPostgresAndSqlite(name: string, table: string): RawBuilder<unknown> {
  return sql`create table ${sql.table(name)} as select * from ${sql.table(table)} where false`;
}

/** By what Kysely's adapters say of their databases, each of which differs from the others. */
export function wordsOf(db: Database): Words {
  const { supportsTransactionalDdl, supportsReturning } = db.getExecutor().adapter;
  if (supportsTransactionalDdl) return POSTGRES;
  return supportsReturning ? SQLITE : MYSQL;
}
