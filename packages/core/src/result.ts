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
import type { Cleanup, CleanupOptions } from "./cleanup.js";
import type { DeletedRows, DeleteExpiredOptions } from "./delete-expired.js";
import type { HashStoredSessionsOptions } from "./hash-stored-sessions.js";
import type { MigrateOptions, MigrateResult } from "./tables/migrate.js";
import type { SchemaFinding } from "./tables/step.js";
import type { TransactionOptions } from "./transaction/options.js";

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
  /**
   * Which attempt this is: 1, and more where `retries` were given and needed. Inside of another transaction it is
   * the attempt of the outermost one.
   */
  readonly attempt: number;
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

  /** The auth tables as queries call them, with their schema where the option `databaseSchema` names one. */
  readonly tables: TableNames;

  /**
   * Runs `work` in one transaction: what it writes through `db` and through `auth` is there as a
   * whole once the promise resolves, and not at all if `work` throws.
   *
   * Use the `db` and `auth` that `work` is given, and await every call: the outer ones are refused
   * inside, and what is sent after `work` has returned is not run. A `transaction` that is called inside is
   * a savepoint: where it throws and the error is caught, only its own writes are undone.
   *
   * @throws whatever `work` throws, after the transaction was rolled back; the reason of a `signal` that was
   *   aborted; TransactionOverError where the database has ended the transaction by itself
   * @throws ConfigurationError for options that cannot work, inside of a transaction that Kysely has begun, and
   *   where the outer `db` or `auth` is used in it
   * @example
   * ```ts
   * const password = await hashPassword(form.password);
   * await transaction(
   *   async ({ db, auth }) => {
   *     const primaryKey = { providerId: "email", providerUserId: form.email, password };
   *     const user = await auth.createUser({ primaryKey, attributes: { username } });
   *     await db.insertInto("note").values({ user_id: user.userId, body: "Welcome" }).execute();
   *   },
   *   { isolationLevel: "serializable", retries: 3 },
   * );
   * ```
   */
  // Without `NoInfer`, TypeScript looks for `Result` in all types of the scope: twice the time for a small app.
  readonly transaction: <Result>(
    work: (scope: NoInfer<ScopeOf<DB, User, M, Official, Names>>) => Promise<Result>,
    options?: TransactionOptions,
  ) => Promise<Result>;

  /**
   * An `auth` on a transaction that was begun on `db` by other means than `transaction`, such as one of
   * `db.startTransaction()`. What it writes is committed and rolled back with it.
   *
   * @throws ConfigurationError for what is not a transaction of this `db`, and with the option `adapter`:
   *   an official adapter cannot be put on a transaction
   * @example
   * ```ts
   * await db.transaction().execute(async (trx) => {
   *   await authOn(trx).invalidateAllUserSessions(userId);
   * });
   * ```
   */
  readonly authOn: (trx: Transaction<DB>) => AuthOf<DB, User, M, Names>;

  /**
   * Hashes the ids of sessions that are stored in plain text, batch by batch, while the app goes on:
   * with `sessionIds: "migrating"` in all of its processes nobody is signed out. It can be interrupted at any
   * time and begun again.
   *
   * @returns how many were hashed
   * @throws ConfigurationError with `sessionIds: "plain"`, with which it would never be done; where sessions are
   *   kept outside of the database; for wrong options; where MySQL would cut a hash
   * @throws the signal's reason where it is aborted; batches that are done stay done
   * @example
   * ```ts
   * await hashStoredSessions({ onProgress: ({ hashed, left }) => console.log(hashed, left) });
   * ```
   */
  readonly hashStoredSessions: (options?: HashStoredSessionsOptions) => Promise<{ hashed: number }>;

  /**
   * Deletes the sessions whose idle period is over and the single-use keys that have expired, batch by batch, while the
   * app goes on: after each batch it rests for four times as long as that has taken. It can be interrupted at any
   * time and begun again, and be called by several processes at once. With the option `sessions` it deletes
   * keys alone.
   *
   * @returns how many rows it has deleted itself
   * @throws ConfigurationError for wrong options, inside of a transaction, and where a trigger or row level security
   *   keeps the rows
   * @throws the signal's reason where it is aborted; batches that are done stay done
   * @example
   * ```ts
   * const { sessions, keys } = await deleteExpired({ onProgress: ({ left }) => console.log(left) });
   * ```
   */
  readonly deleteExpired: (options?: DeleteExpiredOptions) => Promise<DeletedRows>;

  /**
   * Calls `deleteExpired` again and again until it is stopped, or the pool is closed by `close`. Where the database has locks
   * for it, and the pool more than one connection, one process at a time does so, and others leave out their turn; it keeps a
   * connection of the pool for as long as a call takes. It does not keep the process alive.
   *
   * @throws ConfigurationError for wrong options
   * @example
   * ```ts
   * startCleanup({ every: 3_600_000, onError: (error) => logger.error(error) });
   * ```
   */
  readonly startCleanup: (options: CleanupOptions) => Cleanup;

  /**
   * Creates the auth tables, `auth_user` with the columns of `userColumns`, and completes those that are there:
   * tables of any version of Lucia 1.x become what `checkSchema` has no error to say about, and keep their rows. Safe to
   * call at every start, and from several processes at once. Runs in one transaction where the database can roll back the
   * creation of tables; on MySQL each statement stands for itself, and a call that was killed is simply repeated.
   *
   * @returns the statements that it has run, or would run with `dryRun`
   * @throws ConfigurationError where a table is another one than it should be, where rows have no user, or where a
   *   column of `userColumns` is missing that needs values, before anything is changed; where the role may not change
   *   tables, where another process holds the lock for too long, where a later version has migrated the database
   * @example
   * ```ts
   * await migrate();
   * const { sql } = await migrate({ dryRun: true });
   * console.log(sql.map((statement) => `${statement};`).join("\n"));
   * ```
   */
  readonly migrate: (options?: MigrateOptions) => Promise<MigrateResult>;

  /**
   * Compares the live tables with what the auth calls need, and looks at settings of the server that endanger them.
   * Writes nothing. Empty where all is well.
   *
   * @example
   * ```ts
   * for (const { level, table = "the server", column = "", is, shouldBe } of await checkSchema()) {
   *   console.log(`${level}: ${table} ${column} is ${is}, expected ${shouldBe}`);
   * }
   * ```
   */
  readonly checkSchema: () => Promise<readonly SchemaFinding[]>;

  /**
   * Waits for open transactions and closes the pool, also if nothing was ever queried. Calling it
   * again does nothing. `await using` calls it too.
   *
   * @throws ConfigurationError inside of a transaction, which it would wait for
   */
  readonly close: () => Promise<void>;
}
