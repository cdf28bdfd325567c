import type { WithUsers } from "@kysely-lucia/schema";
import { Kysely } from "kysely";
import type { Middleware } from "lucia-auth";
import { authBuilder } from "./build-auth.js";
import { checkOptions } from "./check-options.js";
import type { DialectSpec, Executor } from "./dialect-spec.js";
import { migrate } from "./migrate.js";
import type { OfficialAdapter, Options } from "./options.js";
import { redactAuthQueries } from "./query-log.js";
import type { AuthOf, KyselyLucia, ScopeOf } from "./result.js";

/**
 * Builds Kysely and Lucia on one pool: the pool becomes a dialect, the dialect a Kysely; on that
 * Kysely runs Lucia's adapter, on the adapter Lucia, hardened. A transaction starts again at the
 * adapter, with itself in the place of Kysely.
 *
 * @throws ConfigurationError for options or a pool that cannot work, before anything is built
 */
export function assemble<
  DB extends WithUsers,
  User extends object,
  M extends Middleware,
  Pool,
  Official extends OfficialAdapter | undefined,
>(
  spec: DialectSpec<Pool>,
  pool: Pool,
  options: Options<DB, User, M, Official>,
): KyselyLucia<DB, User, M, Official> {
  checkOptions({ ...options });
  spec.checkPool(pool);

  const { config, markAuthQueries } = redactAuthQueries(options.kysely ?? {});
  const db = new Kysely<DB>({ ...config, dialect: spec.createDialect(pool) });

  // The app's tables become the auth tables here and nowhere else: `schema` made sure that they are.
  const authTables = (queries: Kysely<DB>) =>
    queries.withoutPlugins().withPlugin(markAuthQueries) as unknown as Executor;
  const buildAuth = authBuilder(spec, pool, options);
  const authOn = (queries: Kysely<DB>) =>
    buildAuth(authTables(queries)) as unknown as AuthOf<DB, User, M>;

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= db.destroy().finally(() => spec.closePool(pool));
    return closing;
  };

  return {
    db,
    auth: authOn(db),
    transaction: (work) =>
      db.transaction().execute((trx) => {
        const scope = options.adapter ? { db: trx } : { db: trx, auth: authOn(trx) };
        return work(scope as ScopeOf<DB, User, M, Official>);
      }),
    migrate: () => migrate(authTables(db), spec, options.userColumns),
    close,
    [Symbol.asyncDispose]: close,
  };
}
