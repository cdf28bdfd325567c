import { shuffled } from "./shuffled.js";

/**
 * Measures each entry once per round, in another order each time: whatever changes on the machine meanwhile changes
 * for all, and none always follows the same one.
 *
 * @returns the values of each entry, by round
 */
export async function alternate<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  rounds: number,
  measure: (entry: Entry, round: number) => Promise<number>,
): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = Object.fromEntries(
    entries.map(({ name }) => [name, []]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const index of shuffled(entries.length, round)) {
      const entry = entries[index] as Entry;
      values[entry.name]?.push(await measure(entry, round));
    }
  }
  return values;
}
