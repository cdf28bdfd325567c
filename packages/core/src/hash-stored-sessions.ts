import { setImmediate } from "node:timers/promises";
import { statementBuilder } from "./adapter/build-statements.js";
import { cutIds } from "./adapter/cut-ids.js";
import { idComparison } from "./adapter/ids.js";
import { type Run, type StatementContext, statementsOn } from "./adapter/run-statements.js";
import { hashSessionId, STORED_PREFIX } from "./adapter/session-ids.js";
import {
  abortSignal,
  checkCallOptions,
  type Rules,
  someFunction,
  wholeNumber,
} from "./check-call-options.js";
import { ConfigurationError } from "./configuration-error.js";
import type { DialectSpec } from "./dialect-spec.js";
import type { Executor } from "./executor.js";
import type { AnyOptions } from "./options.js";

/** How stored session ids are hashed. */
export interface HashStoredSessionsOptions {
  /** How many rows one transaction hashes, at most. Default: 500. */
  batchSize?: number;
  /** Called after each batch, and waited for. `left` goes by how many there were at the start. */
  onProgress?: (progress: { hashed: number; left: number }) => void | Promise<void>;
  /** Ends the work after the batch that is under way. */
  signal?: AbortSignal;
}

const RULES: Rules = {
  batchSize: wholeNumber(1, 500),
  onProgress: someFunction,
  signal: abortSignal,
};

/** See `hashStoredSessions` of the factory's result. */
export async function hashStoredSessions(
  db: Executor,
  context: StatementContext,
  options: AnyOptions,
  settings: HashStoredSessionsOptions = {},
): Promise<{ hashed: number }> {
  refuseUnfit(options);
  checkCallOptions("hashStoredSessions", settings, RULES);
  const { batchSize = 500, onProgress, signal } = settings;
  const { run, atomically } = statementsOn(db, context);
  const hashBatch = batches(db, context.spec, batchSize);

  const total = onProgress ? await countPlain(db, run) : 0;
  let hashed = 0;
  let after = "";
  /** The first row that this pass, and the one before, could not change. */
  let kept: string | undefined;
  let keptBefore: string | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const batch = await atomically((run) => hashBatch(run, after));
    hashed += batch.hashed;
    kept ??= batch.kept;
    if (batch.last !== undefined) {
      await onProgress?.({ hashed, left: Math.max(0, total - hashed) });
      // On SQLite a batch is done without a pause, in which others are served and a signal can come.
      await setImmediate();
    } else if (after === "") {
      // A whole pass has found none: processes that are still plain may have stored some behind the pass before.
      return { hashed };
    } else {
      assertHashed(kept, keptBefore);
      keptBefore = kept;
      kept = undefined;
    }
    after = batch.last ?? "";
  }
}

/** A trigger, or row level security, can keep rows without an error: without this it would go on for ever. */
function assertHashed(kept: string | undefined, keptBefore: string | undefined): void {
  if (kept === undefined || kept !== keptBefore) return;
  throw new ConfigurationError(
    "hashStoredSessions() has hashed ids of sessions that are still plain: a trigger or a policy of row level security " +
      "keeps them. Let the role of this pool update `auth_session`.",
  );
}

function plainSessions(db: Executor) {
  return db.selectFrom("auth_session").where("id", "not like", `${STORED_PREFIX}%`);
}

interface Batch {
  readonly hashed: number;
  /** The last id that was looked at. Undefined where there was none. */
  readonly last: string | undefined;
  /** The first one whose row was not changed: it has gone meanwhile, or something keeps it. */
  readonly kept: string | undefined;
}

/** Hashes the next ones by their ids, so that those that are done are not passed over again and again. */
function batches(db: Executor, spec: DialectSpec, batchSize: number) {
  const idIs = idComparison(spec);
  const prepare = statementBuilder();
  const cut = cutIds(db, spec, prepare, idIs);
  const update = prepare((id: string, stored: string) =>
    db.updateTable("auth_session").set({ id: stored }).where(idIs("auth_session.id", id)),
  );

  return async (run: Run, after: string): Promise<Batch> => {
    const next = plainSessions(db).select("id").where("id", ">", after);
    const { rows } = await run(next.orderBy("id").limit(batchSize).compile());
    let hashed = 0;
    let kept: string | undefined;
    for (const { id } of rows) {
      const stored = hashSessionId(id);
      const { numAffectedRows } = await run(update(id, stored));
      if (!numAffectedRows) {
        kept ??= id;
        continue;
      }
      hashed += 1;
      await cut.assertStored(run, "auth_session", { id: stored });
    }
    return { hashed, last: rows.at(-1)?.id, kept };
  };
}

async function countPlain(db: Executor, run: Run): Promise<number> {
  const { rows } = await run(
    plainSessions(db)
      .select((eb) => eb.fn.countAll().as("left"))
      .compile(),
  );
  return Number(rows[0]?.left);
}

function refuseUnfit({ sessionIds = "plain", sessions }: AnyOptions): void {
  if (sessions) {
    throw new ConfigurationError(
      "`hashStoredSessions` was called, but the sessions are kept outside of the database (the option " +
        "`sessions`), where those that are stored cannot be listed. They end by themselves when their idle " +
        'period is over: until then keep `sessionIds: "migrating"`.',
    );
  }
  if (sessionIds === "plain") {
    throw new ConfigurationError(
      '`hashStoredSessions` was called with `sessionIds: "plain"`, with which new sessions go on being stored ' +
        'plain. Set `sessionIds: "migrating"` in all processes of the app first, and "hashed" once it is done.',
    );
  }
}
