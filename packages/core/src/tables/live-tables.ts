import type { OnModifyForeignAction } from "kysely";
import type { AuthColumnTypes } from "../dialect-spec.js";

/** A table as it is in the database, in what the auth tables can be judged by. */
export interface LiveTable {
  /** As the database has it, which may take upper for lower case. Foreign keys tell of tables by these names. */
  readonly name: string;
  /** What it is in words where it is no ordinary table: `a view`. */
  readonly otherKind?: string;
  readonly columns: readonly LiveColumn[];
  /** The types of columns that are added to it, where it does not take those of `columnTypes`. */
  readonly addedTypes?: AuthColumnTypes;
  /** The primary key's among them. */
  readonly indexes: readonly LiveIndex[];
  readonly foreignKeys: readonly LiveForeignKey[];
  /**
   * Columns with a foreign key to this table, as `table.column`, in front of it the schema where it is another one.
   */
  readonly referencedBy: readonly string[];
  /** Whether writes to it can be rolled back. */
  readonly isTransactional: boolean;
  /** Whether row level security keeps rows from this role. */
  readonly hidesRows: boolean;
}

export interface LiveColumn {
  readonly name: string;
  /** Its type as `create table` takes it, with its collation where that matters. */
  readonly type: string;
  /** The purposes of columns that this type serves. */
  readonly fits: readonly Exclude<keyof AuthColumnTypes, "id">[];
  /** In characters. Undefined where there is no limit. */
  readonly maxLength: number | undefined;
  /** Whether `=` compares it byte by byte, spaces at the end included. */
  readonly comparesBytes: boolean;
  readonly isNullable: boolean;
  /** Whether the database has a value for it by itself. */
  readonly hasDefault: boolean;
  /** Whether the database alone writes to it. Default: false */
  readonly isGenerated?: boolean;
  /** Whether it has something else that `changeColumn` would drop, such as a comment. Default: false */
  readonly hasMore?: boolean;
}

export interface LiveIndex {
  readonly name: string;
  readonly isUnique: boolean;
  /**
   * In the order of the index; undefined for an expression, for the beginning of a column, and in an index that not all rows are in,
   * or that the database does not use.
   */
  readonly columns: readonly (string | undefined)[];
}

export interface LiveForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  /** The table that it refers to, with its schema where that is another one. */
  readonly table: string;
  /** What happens to the row with the one that it refers to. */
  readonly onDelete: OnModifyForeignAction;
  readonly onUpdate: OnModifyForeignAction;
}
