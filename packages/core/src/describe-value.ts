/**
 * A setting in words short enough for an error message. Strings are given by length: they may be secrets. For what
 * requests bring along there is `describeInput`.
 */
export function describeValue(value: unknown): string {
  if (typeof value === "function") return `the function ${value.name || "(anonymous)"}`;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const { constructor: made } = value;
    const name = typeof made === "function" ? made.name : "";
    return name && name !== "Object" ? `an instance of ${name}` : "an object";
  }
  const isSecret = typeof value === "string" || Array.isArray(value);
  return isSecret || value === null || value === undefined
    ? describeInput(value)
    : `the ${typeof value} ${String(value)}`;
}

/** The same, for what is no secret: a string is quoted. */
export function quoteOrDescribe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : describeValue(value);
}

/** What was given for a password or an id, by its kind alone: a password may be a number, too. */
export function describeInput(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** What the database has said, to be quoted in an error of ours. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
