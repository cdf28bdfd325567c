/**
 * Types of columns that arrive as the same values from a prepared statement as from any other, by the numbers of the
 * protocol. FLOAT is not among them (`0.1` becomes `0.10000000149011612`), nor DATE (`0000-00-00` becomes 1899).
 * https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html
 */
const SAME: ReadonlySet<number> = new Set([
  ...[1, 2, 3, 8, 9, 16], // TINYINT, SMALLINT, INT, BIGINT, MEDIUMINT, BIT
  ...[5, 246], // DOUBLE, DECIMAL
  ...[7, 11, 12, 13], // TIMESTAMP, TIME, DATETIME, YEAR
  ...[15, 247, 248, 253, 254], // VARCHAR, ENUM, SET, VARBINARY, CHAR and BINARY
  ...[249, 250, 251, 252], // texts and blobs
  ...[6, 245, 255], // NULL, JSON, geometries
]);

/** TIMESTAMP and DATETIME: with `dateStrings`, a fraction of nothing but zeros is left out. */
const FRACTIONAL: ReadonlySet<number> = new Set([7, 12]);

/**
 * The server does not know the statement (any more), has too many of them, or cannot prepare it: 1243, 1461, 1295,
 * 1615. https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
 */
const NOT_PREPARED = [1243, 1295, 1461, 1615];

/** The statements that are prepared on the connections of one pool. */
export class PreparedStatements {
  readonly #sqls: ReadonlySet<string>;
  readonly #asText = new Set<string>();
  #areUsed: boolean;

  /**
   * @param sqls those worth preparing, which become more
   * @param areUsed false where the pool reads values in a way of its own
   */
  constructor(sqls: ReadonlySet<string>, areUsed: boolean) {
    this.#sqls = sqls;
    this.#areUsed = areUsed;
  }

  has(sql: string): boolean {
    return this.#areUsed && this.#sqls.has(sql) && !this.#asText.has(sql);
  }

  /** Prepares none any more: where connections are told to use another database, statements stay in theirs. */
  giveUp(): void {
    this.#areUsed = false;
  }

  /** Whether rows with these fields are not what the same statement returns as text: then it is not prepared again. */
  learnFromFields(sql: string, fields: unknown): boolean {
    if (!Array.isArray(fields) || fields.every(isSame)) return false;
    this.#asText.add(sql);
    return true;
  }

  /** Whether a statement that has failed with this error was not run. None is prepared any more then. */
  learnFrom(error: unknown): boolean {
    const errno: unknown = error instanceof Error ? Reflect.get(error, "errno") : undefined;
    if (!NOT_PREPARED.some((known) => known === errno)) return false;
    this.#areUsed = false;
    return true;
  }
}

function isSame(field: unknown): boolean {
  const { columnType, decimals } = Object(field);
  return SAME.has(columnType) && !(FRACTIONAL.has(columnType) && decimals > 0);
}
