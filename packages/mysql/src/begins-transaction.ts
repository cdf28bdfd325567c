/**
 * Whether a query that leaves a transaction open, or its connection without `autocommit`, begins with the statement that does so.
 * One that does not has found the connection in that state, or has called what has brought it there.
 */
export function beginsTransaction(sql: string): boolean {
  return BEGINS.test(sql);
}

const SPACE = String.raw`\s|--[^\n]*\n|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/`;
const BEGINS = new RegExp(
  String.raw`^(?:${SPACE})*(?:begin|start\s+transaction|xa\s+(?:begin|start)|set\b[^;]*\bautocommit)\b`,
  "i",
);
