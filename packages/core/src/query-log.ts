import {
  CompiledQuery,
  type KyselyConfig,
  type KyselyPlugin,
  type LogEvent,
  type QueryId,
} from "kysely";

type Config = Omit<KyselyConfig, "dialect">;

/**
 * Keeps session ids and password hashes out of logs: the app's own `log` function gets the auth
 * queries as bare SQL, without parameters and without the query tree, which holds them too. Kysely's
 * built-in logger prints neither.
 */
export function redactAuthQueries(config: Config): {
  config: Config;
  markAuthQueries: KyselyPlugin;
} {
  const authQueries = new WeakSet<QueryId>();
  const markAuthQueries: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      authQueries.add(queryId);
      return node;
    },
    transformResult: async ({ result }) => result,
  };

  const { log } = config;
  if (typeof log !== "function") return { config, markAuthQueries };

  const redacted = (event: LogEvent): LogEvent => {
    const { queryId, sql } = event.query;
    if (!authQueries.has(queryId)) return event;
    return { ...event, query: { ...CompiledQuery.raw(sql), queryId } };
  };
  return { config: { ...config, log: (event) => log(redacted(event)) }, markAuthQueries };
}
