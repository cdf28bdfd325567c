import type {
  DefaultTableNames,
  TableNames,
  UserAttributes,
  UserAttributesUpdate,
  UserRow,
} from "@kysely-lucia/schema";
import type { Kysely, Transaction } from "kysely";
import type { Middleware, RequestContext } from "lucia-auth";
import type { Auth } from "./auth.js";

/** The `auth` of an app, typed from its `Database` and from its Lucia configuration. */
export type AuthOf<
  DB,
  User = { userId: string },
  M extends Middleware = Middleware<[context: RequestContext]>,
  Names extends TableNames = DefaultTableNames,
> = Auth<{
  middleware: M;
  attributes: UserAttributes<DB, Names>;
  attributesUpdate: UserAttributesUpdate<DB, Names>;
  databaseUser: UserRow<DB, Names>;
  user: User;
}>;

/** What a transaction works with: the app's queries and Lucia's, all or nothing. */
export interface TransactionScope<
  DB,
  User = { userId: string },
  M extends Middleware = Middleware<[context: RequestContext]>,
  Names extends TableNames = DefaultTableNames,
> {
  /** Kysely on this transaction. */
  readonly db: Transaction<DB>;
  /** Lucia on this same transaction. */
  readonly auth: AuthOf<DB, User, M, Names>;
}

/** An official adapter cannot be put on a transaction, so there is no `auth` in its scope. */
export type ScopeOf<DB, User, M extends Middleware, Official, Names extends TableNames> = [
  Official,
] extends [undefined]
  ? TransactionScope<DB, User, M, Names>
  : Omit<TransactionScope<DB, User, M, Names>, "auth">;

/** Kysely and Lucia on one pool. All members can be destructured. */
export interface KyselyLucia<
  DB,
  User = { userId: string },
  M extends Middleware = Middleware<[context: RequestContext]>,
  Official = undefined,
  Names extends TableNames = DefaultTableNames,
> extends AsyncDisposable {
  /** Kysely on the pool. */
  readonly db: Kysely<DB>;

  /** Lucia on that same Kysely. */
  readonly auth: AuthOf<DB, User, M, Names>;

  /**
   * Runs `work` in one transaction: what it writes through `db` and through `auth` is there as a
   * whole once the promise resolves, and not at all if `work` throws.
   *
   * Use the `db` and `auth` that `work` is given, and await every call: the outer ones are refused
   * inside, and what is sent after `work` has returned is not run.
   *
   * @throws whatever `work` throws, after the transaction was rolled back
   * @example
   * ```ts
   * await transaction(async ({ db, auth }) => {
   *   const user = await auth.createUser({ primaryKey, attributes: { username } });
   *   await db.insertInto("note").values({ user_id: user.userId, body: "Welcome" }).execute();
   * });
   * ```
   */
  readonly transaction: <Result>(
    work: (scope: ScopeOf<DB, User, M, Official, Names>) => Promise<Result>,
  ) => Promise<Result>;

  /**
   * Creates those of the auth tables and of their indexes that are not there, `auth_user` with the
   * columns of `userColumns`. Never alters a table. Safe to call at every start, and from several
   * processes at once.
   *
   * @throws ConfigurationError where a table is there without a column that it needs
   */
  readonly migrate: () => Promise<void>;

  /**
   * Waits for open transactions and closes the pool, also if nothing was ever queried. Calling it
   * again does nothing. `await using` calls it too.
   */
  readonly close: () => Promise<void>;
}
