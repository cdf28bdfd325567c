/**
 * A transaction was ended by the database itself, or nobody knows how it has ended. Nothing more passes
 * in it, and it cannot be committed. Where the driver said why, its error is the `cause`.
 *
 * @example
 * ```ts
 * const work = transaction(({ auth }) => auth.deleteUser(userId));
 * await work.catch((error) => {
 *   if (error instanceof TransactionOverError) console.error(error.message, error.cause);
 *   throw error;
 * });
 * ```
 */
export class TransactionOverError extends Error {
  /** @param reason goes on from "This transaction is over: " */
  constructor(reason: string, cause?: unknown) {
    super(
      `This transaction is over: ${reason}. What was not committed before is not stored. Run it again from ` +
        "its start.",
      { cause },
    );
    this.name = "TransactionOverError";
  }
}
