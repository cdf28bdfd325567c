import type { QueryResult } from "kysely";

/** Flags of the status: https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html */
export const STATUS = { inTransaction: 1, autocommit: 2, noBackslashEscapes: 512 };

export const isInTransaction = (status: number) => (status & STATUS.inTransaction) !== 0;

/** Whether each statement is committed by itself. */
export const isCommitting = (status: number) =>
  (status & (STATUS.inTransaction | STATUS.autocommit)) === STATUS.autocommit;

/** Whether somebody else can use the connection: it commits what is written, and values cannot become SQL. */
export const isFit = (status: number) =>
  isCommitting(status) && (status & STATUS.noBackslashEscapes) === 0;

/**
 * What `mysql2` calls back with. Where there are no fields, the whole of it is a header. Rows have theirs; of a
 * procedure, or of several statements at once, both are lists, of which the last part may be a header.
 */
export interface Reply {
  readonly content: unknown;
  readonly fields: unknown;
}

/** The header of a reply that says what has become of the connection's state. */
export function headerIn({ content, fields }: Reply): Header | undefined {
  if (fields === undefined) return content as Header;
  const endsWithHeader = isOfParts(fields) && fields.at(-1) === undefined;
  return endsWithHeader ? (content as Header[]).at(-1) : undefined;
}

/** Whether more was run than a query for rows, and the reply does not say what that has done to the state. */
export function isSilent({ fields }: Reply): boolean {
  return isOfParts(fields) && fields.at(-1) !== undefined;
}

function isOfParts(fields: unknown): fields is unknown[] {
  if (!Array.isArray(fields) || fields.length === 0) return false;
  const last: unknown = fields.at(-1);
  return last === undefined || Array.isArray(last);
}

export function toResult<Row>({ content, fields }: Reply): QueryResult<Row> {
  if (fields !== undefined) return { rows: content as Row[] };
  const { insertId, affectedRows, changedRows } = content as Header;
  return {
    rows: [],
    numAffectedRows: BigInt(affectedRows),
    numChangedRows: BigInt(changedRows),
    ...(String(insertId) === "0" ? {} : { insertId: BigInt(insertId) }),
  };
}

/** What `mysql2` makes of a reply without rows. */
interface Header {
  readonly serverStatus: number;
  /** Where the server tells them: `schema` is the database that the connection is in from now on. */
  readonly stateChanges?: { readonly schema?: string | null } | null;
  readonly affectedRows: number;
  readonly changedRows: number;
  readonly insertId: number | string;
}
