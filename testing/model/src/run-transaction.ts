import type { Auth, Subject } from "./subject.js";

/** How a transaction ends: the work returns, or throws. */
export type End = "commit" | "throw";

export interface TransactionOptions {
  readonly isolationLevel: "serializable";
  readonly retries: number;
}

/** Runs work in a transaction that ends so, or in a savepoint of the one that it is called in. */
export async function runTransaction(
  { transaction }: Subject,
  end: End,
  work: (auth: Auth) => Promise<void>,
  options?: TransactionOptions,
): Promise<void> {
  const thrown = new Error("Thrown to roll back.");
  const done = transaction(async ({ auth }) => {
    await work(auth);
    if (end === "throw") throw thrown;
  }, options);
  await done.catch((error: unknown) => {
    if (error !== thrown) throw error;
  });
}

/** The same in a transaction that was begun by Kysely, with the `auth` of `authOn`. */
export async function runControlled(
  { db, authOn }: Subject,
  end: End,
  work: (auth: Auth) => Promise<void>,
): Promise<void> {
  const trx = await db.startTransaction().execute();
  try {
    await work(authOn(trx));
  } catch (error) {
    await trx.rollback().execute();
    throw error;
  }
  await (end === "commit" ? trx.commit() : trx.rollback()).execute();
}
