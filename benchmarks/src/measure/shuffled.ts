/** Fisher and Yates's shuffle with a generator of our own (mulberry32), because `Math.random` has no seed. */
export function shuffled(count: number, seed = 0): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index);
  let state = 0x9e3779b9 ^ seed;
  for (let last = count - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const other = ((mixed ^ (mixed >>> 14)) >>> 0) % (last + 1);
    const kept = numbers[last] ?? 0;
    numbers[last] = numbers[other] ?? 0;
    numbers[other] = kept;
  }
  return numbers;
}
