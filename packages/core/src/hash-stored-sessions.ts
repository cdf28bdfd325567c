import { type IdIs, idComparison } from "./adapter/ids.js";
import { hashSessionId, STORED_PREFIX } from "./adapter/session-ids.js";
import { ConfigurationError } from "./configuration-error.js";
import type { DialectSpec } from "./dialect-spec.js";
import type { Executor } from "./executor.js";
import type { AnyOptions } from "./options.js";

/** How stored sessions are turned into hashed ones. */
export interface HashStoredSessionsOptions {
  /** How many rows one transaction turns, at most. Default: 500. */
  batchSize?: number;
  /** Called after each batch. `left` goes by how many there were at the start. */
  onProgress?: (progress: { hashed: number; left: number }) => void;
  /** Ends the work after the batch that is under way. */
  signal?: AbortSignal;
}

/** See `hashStoredSessions` of the factory's result. */
export async function hashStoredSessions(
  db: Executor,
  spec: DialectSpec,
  options: AnyOptions,
  { batchSize = 500, onProgress, signal }: HashStoredSessionsOptions = {},
): Promise<{ hashed: number }> {
  refuseUnfit(options, batchSize);
  const total = onProgress ? await countPlain(db) : 0;
  let hashed = 0;
  let after = "";
  for (;;) {
    signal?.throwIfAborted();
    const ids = await hashBatch(db, idComparison(spec), after, batchSize);
    hashed += ids.length;
    const last = ids.at(-1);
    if (last !== undefined) onProgress?.({ hashed, left: Math.max(0, total - hashed) });
    // Once more from the start, for those that were stored behind this back.
    else if (after === "") return { hashed };
    after = last ?? "";
  }
}

function plainSessions(db: Executor) {
  return db.selectFrom("auth_session").where("id", "not like", `${STORED_PREFIX}%`);
}

/** Turns the next ones by their ids, so that those that are done are not passed over again and again. */
function hashBatch(db: Executor, idIs: IdIs, after: string, batchSize: number): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const rows = await plainSessions(trx)
      .select("id")
      .where("id", ">", after)
      .orderBy("id")
      .limit(batchSize)
      .execute();
    for (const { id } of rows) {
      await trx
        .updateTable("auth_session")
        .set({ id: hashSessionId(id) })
        .where(idIs("auth_session.id", id))
        .execute();
    }
    return rows.map(({ id }) => id);
  });
}

async function countPlain(db: Executor): Promise<number> {
  const row = await plainSessions(db)
    .select((eb) => eb.fn.countAll().as("left"))
    .executeTakeFirstOrThrow();
  return Number(row.left);
}

function refuseUnfit({ sessionIds = "plain", sessions }: AnyOptions, batchSize: number): void {
  if (sessions) {
    throw new ConfigurationError(
      "`hashStoredSessions` was called, but the sessions are kept outside of the database (the option " +
        "`sessions`), where those that are stored cannot be listed. They end by themselves when their idle " +
        'period is over: until then keep `sessionIds: "migrating"`.',
    );
  }
  if (sessionIds === "plain") {
    throw new ConfigurationError(
      '`hashStoredSessions` was called with `sessionIds: "plain"`, which would sign everybody out. Set ' +
        '`sessionIds: "migrating"` in all processes of the app first, and "hashed" once it is done.',
    );
  }
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new ConfigurationError(
      `The option \`batchSize\` of hashStoredSessions is ${String(batchSize)}. Expected a number such as 500.`,
    );
  }
}
