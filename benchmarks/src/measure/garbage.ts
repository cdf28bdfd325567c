/**
 * Removes what the last round has left, where the process lets us. Young garbage only: a full collection also takes what
 * compiled code depends on, and Kysely then runs at a third of its rate until it is compiled again, half
 * a second later.
 */
export function collectGarbage(): void {
  globalThis.gc?.({ type: "minor", execution: "sync" });
}
