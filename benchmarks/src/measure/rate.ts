/** What a round of calls may do. */
export interface RoundOptions {
  readonly ms: number;
  /** Calls at the same time. */
  readonly inFlight: number;
  /** The round ends early after so many calls. */
  readonly atMost: number;
}

/** How often `once` completes in a second. */
export async function rateOf(
  once: () => Promise<unknown>,
  { ms, inFlight, atMost }: RoundOptions,
): Promise<number> {
  let begun = 0;
  const start = performance.now();
  const end = start + ms;
  const callInTurn = async () => {
    while (begun < atMost && performance.now() < end) {
      begun += 1;
      await once();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, callInTurn));
  return (begun / (performance.now() - start)) * 1000;
}
