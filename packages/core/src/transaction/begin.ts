import type { TransactionBuilder } from "kysely";
import type { DialectSpec } from "../dialect-spec.js";
import type { AnyKysely } from "../executor.js";

/** A transaction of our own, whatever isolation level the connection has by default. */
export function beginTransaction(
  db: AnyKysely,
  { isolationLevel }: DialectSpec,
  // biome-ignore lint/suspicious/noExplicitAny: the tables of any app
): TransactionBuilder<any> {
  const transaction = db.transaction();
  return isolationLevel ? transaction.setIsolationLevel(isolationLevel) : transaction;
}
