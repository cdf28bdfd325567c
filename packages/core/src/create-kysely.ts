import { DefaultQueryExecutor, type Dialect, Kysely, type KyselyConfig } from "kysely";
import type { Guarded } from "./transaction/guard.js";

/**
 * Kysely on connections that are guarded. It is put together here, rather than by Kysely, because they do themselves
 * what Kysely would put around them.
 */
export function createKysely<DB>(
  dialect: Dialect,
  { connections, driver }: Guarded,
  { plugins }: Pick<KyselyConfig, "plugins"> = {},
): Kysely<DB> {
  const executor = new DefaultQueryExecutor(
    dialect.createQueryCompiler(),
    dialect.createAdapter(),
    connections,
    plugins,
  );
  return new Kysely<DB>({ config: { dialect }, dialect, driver, executor });
}
