import { setTimeout as delay } from "node:timers/promises";
import { type CompiledQuery, type RawBuilder, sql } from "kysely";
import { type StatementContext, statementsOn } from "./adapter/run-statements.js";
import {
  abortSignal,
  checkCallOptions,
  type Rules,
  someFunction,
  wholeNumber,
} from "./check-call-options.js";
import { ConfigurationError } from "./configuration-error.js";
import type { Executor } from "./executor.js";
import type { AnyOptions } from "./options.js";
import { orAborted } from "./transaction/abort.js";

/** How what has expired is deleted. */
export interface DeleteExpiredOptions {
  /** How many rows one statement deletes, at most. Default: 1000. At most 10,000. */
  batchSize?: number;
  /** Called after each batch, and waited for. `left` goes by how many there were at the start. */
  onProgress?: (progress: DeletedRows & { left: number }) => void | Promise<void>;
  /** Ends the work after the batch that is under way. */
  signal?: AbortSignal;
}

/** How many rows were deleted. */
export interface DeletedRows {
  sessions: number;
  /** Single-use keys. Others do not expire. */
  keys: number;
}

/** Each row of a batch is a parameter of a statement, and databases take some tens of thousands. */
export const LARGEST_BATCH = 10_000;

const RULES: Rules = {
  batchSize: wholeNumber(1, 1000, LARGEST_BATCH),
  onProgress: someFunction,
  signal: abortSignal,
};

/** A pause is so many times as long as the batch before it: a fifth of the time is taken from others, at most. */
const REST = 4;

/** See `deleteExpired` of the factory's result. */
export async function deleteExpired(
  db: Executor,
  context: StatementContext,
  { sessions: sessionsElsewhere }: AnyOptions,
  settings: DeleteExpiredOptions = {},
  { keepsProcessAlive = true } = {},
): Promise<DeletedRows> {
  checkCallOptions("deleteExpired", settings, RULES);
  const { batchSize = 1000, onProgress, signal } = settings;
  const { run } = statementsOn(db, context);
  const now = Date.now();
  const tables = [
    { rows: "sessions", expired: expiredRows(db, "auth_session", "idle_expires", now) },
    { rows: "keys", expired: expiredRows(db, "auth_key", "expires", now) },
  ] as const;
  const here = sessionsElsewhere ? tables.slice(1) : tables;

  const first = async <Row>(query: CompiledQuery<Row>) => (await run(query)).rows[0];
  let left = 0;
  if (onProgress) {
    for (const { expired } of here) left += Number((await first(expired.count()))?.count);
  }

  const deleted: DeletedRows = { sessions: 0, keys: 0 };
  for (const { rows, expired } of here) {
    // Those that are gone are not passed over again and again: PostgreSQL keeps them in its indexes for a while.
    let from: unknown = Number.MIN_SAFE_INTEGER;
    let before = new Set<string>();
    for (;;) {
      signal?.throwIfAborted();
      const begun = performance.now();
      const { rows: batch } = await run(expired.next(from, batchSize));
      const last = batch.at(-1);
      if (!last) break;
      assertGone(before, batch, rows);
      const { numAffectedRows = 0n } = await run(expired.delete(batch.map(({ id }) => id)));
      deleted[rows] += Number(numAffectedRows);
      left = Math.max(0, left - batch.length);
      await onProgress?.({ ...deleted, left });
      if (batch.length < batchSize) break;
      from = last.expires;
      before = new Set(batch.map(({ id }) => id));
      const rest = delay(REST * (performance.now() - begun), undefined, { ref: keepsProcessAlive });
      await orAborted(rest, [signal]);
    }
  }
  return deleted;
}

/** The statements for one table: what had expired by `now`, in that order. */
function expiredRows(db: Executor, tableName: string, columnName: string, now: number) {
  const [table, expires] = [sql.table(tableName), sql.ref(columnName)];
  const compiled = <Row>(query: RawBuilder<Row>) => query.compile(db);
  return {
    count: () =>
      compiled(
        sql<{ count: unknown }>`select count(*) as count from ${table} where ${expires} < ${now}`,
      ),
    next: (from: unknown, limit: number) =>
      compiled(sql<{ id: string; expires: unknown }>`
        select id, ${expires} as expires from ${table}
        where ${expires} >= ${from} and ${expires} < ${now}
        order by ${expires} limit ${sql.lit(limit)}`),
    // By their ids, which locks these rows alone on MySQL; and only while they are expired.
    delete: (ids: readonly string[]) =>
      compiled(sql`delete from ${table} where id in (${sql.join(ids)}) and ${expires} < ${now}`),
  };
}

/** A trigger, or row level security, can keep rows without an error: without this it would go on for ever. */
function assertGone(before: ReadonlySet<string>, batch: readonly { id: string }[], rows: string) {
  if (!batch.some(({ id }) => before.has(id))) return;
  throw new ConfigurationError(
    `deleteExpired() has deleted ${rows} that are still there: a trigger or a policy of row level security ` +
      "keeps them, or hides from this role what it does. Let the role of this pool delete expired rows.",
  );
}
