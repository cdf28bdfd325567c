/**
 * Measures each entry once per round, in an order that begins with another one each time: whatever
 * changes on the machine meanwhile changes for all.
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
    const first = round % entries.length;
    for (const entry of [...entries.slice(first), ...entries.slice(0, first)]) {
      values[entry.name]?.push(await measure(entry, round));
    }
  }
  return values;
}
