import type { TableNames } from "@kysely-lucia/schema";
import type { Kysely } from "kysely";
import type { Middleware } from "lucia-auth";
import { statementBuilder } from "./adapter/build-statements.js";
import { chooseAdapter } from "./adapter/choose-adapter.js";
import { kyselyAdapter } from "./adapter/kysely-adapter.js";
import { statementsOn } from "./adapter/run-statements.js";
import { checkOptions } from "./check-options.js";
import { Cleanups } from "./cleanup.js";
import { createKysely } from "./create-kysely.js";
import { createLucia } from "./create-lucia.js";
import { deleteExpired } from "./delete-expired.js";
import type { DialectSpec } from "./dialect-spec.js";
import type { Executor } from "./executor.js";
import { warnOfDebugMode } from "./hardening/debug-mode.js";
import { harden } from "./hardening/harden.js";
import { hashStoredSessions } from "./hash-stored-sessions.js";
import type { AnyOptions, OfficialAdapter, Options } from "./options.js";
import { acceptingHashed, hashOf } from "./password/lucias-hash.js";
import { redactAuthQueries } from "./query-log.js";
import type { AuthOf, KyselyLucia, ScopeOf } from "./result.js";
import { AuthTableNames } from "./table-names.js";
import { checkSchema } from "./tables/check-schema.js";
import { migrate } from "./tables/migrate.js";
import { wantedTables } from "./tables/wanted-tables.js";
import { assertTransactionOf } from "./transaction/assert-transaction.js";
import { guardTransactions } from "./transaction/guard.js";
import { checkTransaction } from "./transaction/options.js";
import { transactionsOn } from "./transaction/run-transaction.js";

/**
 * Builds Kysely and Lucia on one pool: the pool becomes a dialect, the dialect a Kysely; on that
 * Kysely runs Lucia's adapter, on the adapter Lucia, hardened. A transaction starts again at the
 * executor of the auth queries, with itself in the place of Kysely.
 *
 * @param options the factory's options with the pool among them, under the name `spec.poolOption`
 * @throws ConfigurationError for options or a pool that cannot work, before anything is built
 */
export function assemble<
  DB,
  User extends object,
  M extends Middleware,
  Official extends OfficialAdapter | undefined,
  Names extends TableNames,
>(
  spec: DialectSpec,
  options: Options<DB, User, M, Official, Names>,
): KyselyLucia<DB, User, M, Official, Names> {
  checkOptions(options, spec);
  warnOfDebugMode(options.lucia);
  const prepared = new Set<string>();
  const opened = spec.open(Reflect.get(options, spec.poolOption), prepared);
  const names = new AuthTableNames(options);

  const { log, markAuthQueries } = redactAuthQueries(options.kysely ?? {});
  const guarded = guardTransactions(opened, log);
  const db = createKysely<DB>(opened.dialect, guarded, options.kysely);
  const statementContext = { spec, names, transact: guarded.transact };

  const hash = hashOf(options.lucia);
  const { autoDatabaseCleanup = true } = options.lucia;
  // The app's tables become the auth tables here and nowhere else: `schema` made sure they are.
  const executorOn = (queries: Kysely<DB>) =>
    queries
      .withoutPlugins()
      .withPlugin(names.plugin)
      .withPlugin(markAuthQueries) as unknown as Executor;
  const { preparedStatements = true }: AnyOptions = options;
  const prepare = statementBuilder(preparedStatements ? (sql) => prepared.add(sql) : undefined);
  const adapterOn = kyselyAdapter(executorOn(db), spec, prepare);
  const authOn = (queries: Kysely<DB>) => {
    const statements = statementsOn(executorOn(queries), statementContext);
    const chosen = chooseAdapter(adapterOn, statements, options, opened.officialPool);
    const on = statements.inTransaction ? "transaction" : "pool";
    const auth = createLucia({ ...options.lucia, hash: acceptingHashed(hash, on) }, chosen.adapter);
    const context = {
      ...chosen,
      hash,
      // What has nothing to do with sessions must not stumble over those that are out of reach.
      autoDatabaseCleanup: autoDatabaseCleanup && chosen.sessionsAre !== "refused",
    };
    // Lucia's instance gets the app's types here and nowhere else.
    return harden(auth, context) as unknown as AuthOf<DB, User, M, Names>;
  };

  const wanted = wantedTables(spec, options);
  const cleanups = new Cleanups(db, spec, opened, (settings) =>
    deleteExpired(executorOn(db), statementContext, options, settings, {
      keepsProcessAlive: false,
    }),
  );
  const close = async () => {
    cleanups.stop();
    await db.destroy();
  };
  const run = transactionsOn(db, opened.dialect, opened.pool, spec);

  return {
    db,
    auth: authOn(db),
    tables: names.qualified,
    transaction: async (work, settings) => {
      checkTransaction(work, settings);
      const inScope = (trx: Kysely<DB>, attempt: number) => {
        const scope = options.adapter
          ? { db: trx, attempt }
          : { db: trx, auth: authOn(trx), attempt };
        return work(scope as ScopeOf<DB, User, M, Official, Names>);
      };
      return await run(inScope, settings);
    },
    authOn: (trx) => {
      assertTransactionOf(db, trx, options);
      return authOn(trx);
    },
    hashStoredSessions: (settings) =>
      hashStoredSessions(executorOn(db), statementContext, options, settings),
    deleteExpired: (settings) => deleteExpired(executorOn(db), statementContext, options, settings),
    startCleanup: (settings) => cleanups.start(settings),
    migrate: (settings) => migrate(db, wanted, settings),
    checkSchema: () => checkSchema(db, wanted),
    close,
    [Symbol.asyncDispose]: close,
  };
}
