import {
  CompiledQuery,
  type KyselyConfig,
  type KyselyPlugin,
  Log,
  type LogEvent,
  type QueryId,
} from "kysely";
import { warnOfFailure } from "./warn-of-failure.js";

/** What is told every query. It does not fail. */
export type QueryLog = (event: LogEvent) => Promise<void>;

/**
 * Keeps session ids and password hashes out of logs. The app's `log` gets auth queries as bare SQL, without
 * parameters and without the query tree, which holds them too; of their errors it gets the code, because
 * drivers quote values in messages. Callers get the error itself.
 *
 * @param config the app's. Its `log` is not to be given to Kysely
 * @returns `log` for every query, where the app has one, and what marks those of auth
 */
export function redactAuthQueries({ log }: Pick<KyselyConfig, "log">): {
  log: QueryLog | undefined;
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

  if (!log) return { log: undefined, markAuthQueries };
  const logger = loggerOf(log);

  const redacted = (event: LogEvent): LogEvent => {
    const { queryId, sql } = event.query;
    if (!authQueries.has(queryId)) return event;
    const query = { ...CompiledQuery.raw(sql), queryId };
    return event.level === "query"
      ? { ...event, query }
      : { ...event, query, error: new Error(`An auth query failed: ${codeOf(event.error)}`) };
  };
  let warned = false;
  const safely: QueryLog = async (event) => {
    try {
      await logger(redacted(event));
    } catch (error) {
      // Thrown on, it would make a write look failed that has been committed.
      if (warned) return;
      warned = true;
      warnOfFailure("The function kysely.log", error);
    }
  };
  return { log: safely, markAuthQueries };
}

/** The app's own function, or Kysely's own printing of the levels that the app has named. */
function loggerOf(log: NonNullable<KyselyConfig["log"]>): (event: LogEvent) => unknown {
  if (typeof log === "function") return log;
  const kyselys = new Log(log);
  return (event) =>
    event.level === "query" ? kyselys.query(() => event) : kyselys.error(() => event);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "no error code";
}
