import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { AnyTables, DatabaseSql, Reference, Tables } from "./databases.js";

type Builder = ExpressionBuilder<AnyTables, AnyTables>;

/** What a condition is made of. */
export interface Facts {
  readonly tables: Tables;
  readonly databaseSql: DatabaseSql;
  /** The foreign keys of the app's own to each table, column by column. */
  readonly references: Readonly<Record<keyof Tables, readonly (readonly Reference[])[]>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Damage that rows can have, and what mends it. */
export interface Problem {
  /** For `--only`. */
  readonly name: string;
  /** The rows, in words. */
  readonly what: string;
  /** How it comes about, and what it does. */
  readonly why: string;
  readonly table: keyof Tables;
  /** Of the columns that it looks at, that which tables of Lucia's early versions lack. */
  readonly needs?: string;
  /** Which rows of that table have it. The table's name is `t`. */
  readonly where: (eb: Builder, facts: Facts) => Expression<SqlBool>;
  /**
   * What happens to those rows, after they were copied to a backup table: they are removed, or get a password that nobody
   * has. `"told"`: nothing, as it takes a decision.
   */
  readonly mend: "remove" | "lock" | "told";
  /** Whether it may be meant to be so, and is mended only where `--only` names it. Default: false */
  readonly mayBeMeant?: boolean;
}

/** In the order in which they are mended: what refers to users comes before them. */
export const PROBLEMS: readonly Problem[] = [
  {
    name: "keys-without-user",
    what: "keys without a user",
    why: "a user was deleted halfway, or foreign keys are off: whoever is given that id next would be signed in with them",
    table: "key",
    where: (eb, facts) => eb.not(eb.exists(userOf(eb, facts))),
    mend: "remove",
  },
  {
    name: "sessions-without-user",
    what: "sessions without a user",
    why: "a user was deleted while it signed in, or foreign keys are off",
    table: "session",
    where: (eb, facts) => eb.not(eb.exists(userOf(eb, facts))),
    mend: "remove",
  },
  {
    name: "users-without-key",
    what: "users without a key, who are not signed in, and whom no foreign key of another table refers to",
    why: "a sign-up broke off between the user and its key: nobody can sign in as them, and their names are taken. Where users are to have no key at first, it is meant to be so",
    table: "user",
    where: (eb, { tables, references, now }) => {
      const owned = (table: string) =>
        eb.selectFrom(`${table} as o`).select("o.id").whereRef("o.user_id", "=", "t.id");
      return eb.and([
        eb.not(eb.exists(owned(tables.key))),
        eb.not(eb.exists(owned(tables.session).where("o.idle_expires", ">", now))),
        ...references.user.map((reference) => eb.not(eb.exists(referring(eb, reference)))),
      ]);
    },
    mend: "remove",
    mayBeMeant: true,
  },
  {
    name: "keys-without-password",
    what: "keys without a password, of a provider whose other keys have one",
    why: "stock Lucia stores none for an empty one, and lets everybody in with any. Where that provider also signs people in without a password, it is meant to be so",
    table: "key",
    needs: "expires",
    where: (eb, { tables, databaseSql }) =>
      eb.and([
        eb("t.hashed_password", "is", null),
        eb("t.expires", "is", null),
        eb(
          databaseSql.provider("t.id"),
          "in",
          eb
            .selectFrom(`${tables.key} as o`)
            .select(databaseSql.provider("o.id").as("provider"))
            .where("o.hashed_password", "is not", null),
        ),
      ]),
    mend: "lock",
    mayBeMeant: true,
  },
  {
    name: "colliding-keys",
    what: "keys that differ from others by upper and lower case alone",
    why: "people may have been taken for each other while ids were compared without regard to case: look whose they are",
    table: "key",
    where: (eb, { tables }) =>
      eb(
        sql`lower(${sql.ref("t.id")})`,
        "in",
        eb
          .selectFrom(`${tables.key} as o`)
          .select(sql`lower(${sql.ref("o.id")})`.as("id"))
          .groupBy(sql`lower(${sql.ref("o.id")})`)
          .having(({ fn }) => fn.countAll(), ">", 1),
      ),
    mend: "told",
  },
  {
    name: "ambiguous-keys",
    what: "keys that can be read two ways",
    why: "provider `p:q` with user `r` is the same key as provider `p` with user `q:r`: leave colons out of the names of providers",
    table: "key",
    where: (eb) => eb("t.id", "like", "%:%:%"),
    mend: "told",
    mayBeMeant: true,
  },
  {
    name: "plain-sessions",
    what: "sessions whose ids are stored in clear",
    why: "who reads the table can sign in as anybody: see the option `sessionIds` and `hashStoredSessions`",
    table: "session",
    where: (eb) => eb("t.id", "not like", "sha256:%"),
    mend: "told",
    mayBeMeant: true,
  },
];

/** The user that a row belongs to, byte by byte. */
function userOf(eb: Builder, { tables, databaseSql }: Facts) {
  return eb
    .selectFrom(`${tables.user} as u`)
    .select("u.id")
    .whereRef("u.id", "=", "t.user_id")
    .where(databaseSql.bytes("u.id"), "=", databaseSql.bytes("t.user_id"));
}

/** The rows that refer to the row `t` by a foreign key. */
export function referring(eb: Builder, reference: readonly Reference[]) {
  const [{ schema, table } = { schema: null, table: "" }] = reference;
  const name = schema === null ? sql.id(table) : sql.id(schema, table);
  const first = eb.selectFrom(sql<AnyTables>`${name}`.as("o")).select(sql.lit(1).as("one"));
  return reference.reduce(
    // The side that is referred to stands first: by its collation SQLite decides what refers to it.
    (query, { column, target }) =>
      query.where(sql<SqlBool>`${sql.id("t", target)} = ${sql.id("o", column)}`),
    first,
  );
}
