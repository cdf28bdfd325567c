import type { DefaultTableNames, Schema, TableNames, UserRow } from "@kysely-lucia/schema";
import type { CreateTableBuilder, KyselyConfig } from "kysely";
import type {
  Adapter,
  Configuration,
  LuciaErrorConstructor,
  Middleware,
  RequestContext,
  SessionAdapter,
} from "lucia-auth";
import type { SessionIds } from "./adapter/session-ids.js";
import type { KyselyLucia } from "./result.js";

/**
 * An official adapter's function, such as `betterSqlite3` of `@lucia-auth/adapter-sqlite`. What it
 * takes is typed by a driver's types of its own, older than those of an app, hence `never`.
 */
export type OfficialAdapter = (pool: never) => (error: LuciaErrorConstructor) => Adapter;

/** Lucia's own configuration, all of it but `adapter`, typed by the app's `Database`. */
export interface LuciaOptions<
  DB,
  User extends object,
  M extends Middleware,
  Names extends TableNames = DefaultTableNames,
> extends Omit<Configuration, "adapter" | "middleware" | "transformDatabaseUser"> {
  /** What `handleRequest` takes, such as `express()`. Default: Lucia's own request context. */
  middleware?: M;
  /** Makes the app's user of a row of `auth_user`. Default: `{ userId: user.id }`. */
  transformDatabaseUser?: (user: UserRow<DB, Names>) => User;
}

/** The options that every dialect's factory takes, next to its pool. */
export interface Options<
  DB,
  User extends object,
  M extends Middleware,
  Official extends OfficialAdapter | undefined,
  Names extends TableNames,
> {
  /** `schema<Database>()`: the type of the database. */
  schema: Schema<DB, Names>;
  /** Lucia's configuration, all of it but `adapter`. */
  lucia: LuciaOptions<DB, User, M, Names>;
  /** Kysely's configuration, all of it but `dialect`. Its plugins never reach the auth queries. */
  kysely?: Omit<KyselyConfig, "dialect">;
  /**
   * Other names for the three auth tables. The `Database` has to have them as well; the same names are
   * given to `AuthDatabase` and to `schema`.
   *
   * @example
   * ```ts
   * const tables = { user: "member", session: "member_session", key: "member_key" } as const;
   * type Database = AuthDatabase<{ username: string }, object, typeof tables>;
   *
   * kyselyLucia({ schema: schema<Database, typeof tables>(), tables, … });
   * ```
   */
  tables?: NoInfer<Names>;
  /**
   * The columns of `auth_user` beside `id`, for `migrate` and `checkSchema`: those that the `Database` has.
   *
   * @example
   * ```ts
   * userColumns: (table) =>
   *   table.addColumn("username", "varchar(255)", (c) => c.notNull().unique()),
   * ```
   */
  userColumns?: UserColumns<NoInfer<ColumnsOf<keyof UserRow<DB, Names> & string>>>;
  /**
   * Whether `migrate` makes keys and sessions refer to their users. `false` for databases without foreign keys, such as
   * those on Vitess; our statements leave no row without its user either way. Default: true.
   */
  foreignKeys?: boolean;
  /**
   * An official adapter's function, used in place of ours. It is given the pool, knows nothing of
   * Kysely's transactions, and keeps its own defects; `transaction` then has no `auth`.
   */
  adapter?: Official;
  /** A Lucia session adapter, such as one for Redis, for the sessions only. It cannot roll back, and is refused in transactions. */
  sessions?: (error: LuciaErrorConstructor) => SessionAdapter;
  /**
   * How the ids of sessions are stored.
   *
   * - `"plain"`, as Lucia does: who reads the table can sign in as anybody. The default.
   * - `"hashed"`: as SHA-256 hashes, with which nobody can sign in. Sessions that were stored plain are not
   *   found any more: where there are some, everybody is signed out.
   * - `"migrating"`: new ones are hashed, and both are found; until `hashStoredSessions` has hashed the stored
   *   ones.
   *
   * With the last two, `getAllUserSessions` returns ids in the stored form, which `invalidateSession` takes as
   * well; see `hashSessionId`.
   */
  sessionIds?: SessionIds;
}

/** Makes `tables` required where the schema has names other than Lucia's. */
type RequiredTables<Names extends TableNames> = DefaultTableNames extends Names
  ? unknown
  : { tables: NoInfer<Names> };

/**
 * The factory of a dialect.
 *
 * @typeParam PoolOptions the options that are this dialect's own: `{ pool: Pool }`
 */
export type Factory<PoolOptions> = <
  DB,
  User extends object = { userId: string },
  M extends Middleware = Middleware<[context: RequestContext]>,
  Official extends OfficialAdapter | undefined = undefined,
  Names extends TableNames = DefaultTableNames,
>(
  options: Options<DB, User, M, Official, Names> & RequiredTables<Names> & PoolOptions,
) => KyselyLucia<DB, User, M, Official, Names>;

/**
 * Adds the app's columns to `auth_user`, in Kysely's own schema builder.
 *
 * @typeParam Columns the names of all columns of the table in the `Database`: each of them has to be added
 */
export type UserColumns<Columns extends string = AnyColumns> = (
  table: CreateTableBuilder<"auth_user", "id">,
) => CreateTableBuilder<"auth_user", Columns> & WithColumns<Columns>;

// biome-ignore lint/suspicious/noExplicitAny: what a builder takes for columns of any names
type AnyColumns = any;

/** Any, where a `Database` does not say which. */
type ColumnsOf<Columns extends string> = [Columns] extends [never]
  ? AnyColumns
  : string extends Columns
    ? AnyColumns
    : Columns;

/** Of the builder, what cannot do without one of these columns. A property, as TypeScript is lax about methods. */
interface WithColumns<Columns extends string> {
  readonly addUniqueConstraint: (name: string, columns: Columns[]) => unknown;
}

/** The options as core uses them, whatever types an app has given them. */
export interface AnyOptions {
  readonly lucia: Omit<Configuration, "adapter">;
  readonly kysely?: Omit<KyselyConfig, "dialect">;
  readonly tables?: TableNames;
  readonly databaseSchema?: string;
  readonly preparedStatements?: boolean;
  readonly userColumns?: UserColumns;
  readonly foreignKeys?: boolean;
  readonly adapter?: OfficialAdapter | undefined;
  readonly sessions?: (error: LuciaErrorConstructor) => SessionAdapter;
  readonly sessionIds?: SessionIds;
}
