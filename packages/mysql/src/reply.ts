import type { QueryResult } from "kysely";

/** Flags of the status: https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html */
export const STATUS = { inTransaction: 1, autocommit: 2, noBackslashEscapes: 512 };

export const isInTransaction = (status: number) => (status & STATUS.inTransaction) !== 0;

/** What a reply says; those with rows say nothing, but for the last part of a procedure's. */
export function statusIn(reply: unknown): number | undefined {
  const header = Array.isArray(reply) ? reply.at(-1) : reply;
  return isHeader(header) ? header.serverStatus : undefined;
}

export function toResult<Row>(reply: unknown): QueryResult<Row> {
  if (!isHeader(reply)) return { rows: Array.isArray(reply) ? reply : [] };
  const { insertId, affectedRows, changedRows } = reply;
  return {
    rows: [],
    numAffectedRows: BigInt(affectedRows),
    ...(changedRows === undefined ? {} : { numChangedRows: BigInt(changedRows) }),
    ...(String(insertId) === "0" ? {} : { insertId: BigInt(insertId) }),
  };
}

/** What `mysql2` makes of a reply without rows. */
interface Header {
  readonly serverStatus: number;
  readonly affectedRows: number;
  readonly changedRows?: number;
  readonly insertId: number | string;
}

/** A row may have columns of any names, but is of no class. */
function isHeader(value: unknown): value is Header {
  return Object.getPrototypeOf(Object(value))?.constructor.name === "ResultSetHeader";
}
