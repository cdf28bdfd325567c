import { setTimeout as delay } from "node:timers/promises";
import { ConfigurationError } from "../configuration-error.js";
import { messageOf } from "../describe-value.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { AnyKysely } from "../executor.js";
import { beginTransaction } from "../transaction/begin.js";
import { andFinally } from "./and-finally.js";

/**
 * One process at a time, and in one transaction where the database can roll back the creation of tables.
 *
 * @param seconds how long to wait for another process
 * @throws ConfigurationError where that is not done by then, where a table is used for longer, and where the role may not create or change tables
 */
export async function locked<Result>(
  db: AnyKysely,
  spec: DialectSpec,
  seconds: number,
  work: (connection: AnyKysely) => Promise<Result>,
): Promise<Result> {
  const isTransactional = spec.transactionalDdl;
  const run = async (connection: AnyKysely) => {
    const isLocked = (await spec.lock?.(connection.withoutPlugins(), "migrate", seconds)) ?? true;
    if (!isLocked) throw heldByOther(seconds);
    const unlock = async () => await spec.unlock?.(connection.withoutPlugins(), "migrate");
    return await andFinally(() => work(connection), unlock);
  };
  const deadline = performance.now() + 1000 * seconds;
  for (;;) {
    try {
      return await (isTransactional ? beginTransaction(db, spec) : db.connection()).execute(run);
    } catch (error) {
      const kind = spec.classifyError(error);
      if (kind === "forbidden") throw forbidden(error, isTransactional);
      if (kind === "lock_timeout") throw tableHeld(seconds, error, isTransactional);
      if (kind !== "busy") throw error;
      // Nothing was done: a transaction that writes has the database to itself, or does not begin.
      if (performance.now() > deadline) throw heldByOther(seconds, error);
      await delay(PAUSE_MS * Math.random());
    }
  }
}

/** How long to leave it to others, at most, where the database does not wait by itself. */
const PAUSE_MS = 100;

function heldByOther(seconds: number, cause?: unknown): ConfigurationError {
  return new ConfigurationError(
    `migrate() has waited ${seconds} seconds for another process that migrates or writes to the same database. Nothing was ` +
      "changed. Look for a migration that hangs, or wait longer with `migrate({ lockTimeout })`.",
    { cause },
  );
}

function tableHeld(seconds: number, cause: unknown, isTransactional: boolean): ConfigurationError {
  const state = isTransactional
    ? "Nothing was changed: run it again"
    : "The statements before have been run: run it again, and it goes on from there";
  return new ConfigurationError(
    `migrate() has waited ${seconds} seconds for a table that another connection uses, in a transaction that is long, or was left ` +
      `open. ${state}, or wait longer with \`migrate({ lockTimeout })\`.`,
    { cause },
  );
}

function forbidden(cause: unknown, isTransactional: boolean): ConfigurationError {
  const state = isTransactional ? "Nothing was changed. " : "";
  return new ConfigurationError(
    `migrate() may not create or change the tables: the database said "${messageOf(cause)}". ${state}Give the role of this pool ` +
      "the right to, or run the statements of `migrate({ dryRun: true })` with a role that has it.",
    { cause },
  );
}
