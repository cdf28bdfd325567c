/**
 * A transaction was ended by the database itself, or nobody knows how it has ended. Nothing more passes
 * in it, and it cannot be committed.
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
