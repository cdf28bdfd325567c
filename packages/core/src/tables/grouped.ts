/** Rows in their order, those of one name together. None of the groups is empty. */
export function grouped<Row>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): [Row, ...Row[]][] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row));
    if (group) group.push(row);
    else groups.set(nameOf(row), [row]);
  }
  return [...groups.values()];
}
