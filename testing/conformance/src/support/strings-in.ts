/** Every string that can be reached from a value, hidden properties and raw bytes included. */
export function stringsIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("latin1")];
  }
  return Reflect.ownKeys(value).flatMap((key) => stringsIn(Reflect.get(value, key), seen));
}
