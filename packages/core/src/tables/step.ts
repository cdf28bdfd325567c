import type { Compilable } from "kysely";
import type { AuthTable, OwnedTable } from "./auth-tables.js";

/** Stable, for programs to read. The texts `is` and `shouldBe` are for people. */
export type FindingCode =
  | "missing_schema"
  | "missing_table"
  | "missing_column"
  | "missing_index"
  | "missing_foreign_key"
  /** A view, or a table of another purpose. */
  | "other_table"
  /** It holds too little, or compares otherwise. */
  | "wrong_column"
  /** Rows without a user. */
  | "orphans"
  | "no_transactions"
  | "hidden_rows"
  /** The tables are those of a later version of this package. */
  | "later_version"
  /** Of the server, or of the connection. */
  | "setting";

/** Something about the live tables, or about the server, that is not as it should be. */
export interface SchemaFinding {
  readonly code: FindingCode;
  /** `"error"`: calls of `auth` fail, or lose what they store. `"warning"`: they are slow, or at a risk. */
  readonly level: "error" | "warning";
  /** The table's name in the database. Undefined for what is about the server or the connection. */
  readonly table?: string;
  readonly column?: string;
  /** What was found, in words: `missing`, `varchar(15)`. */
  readonly is: string;
  readonly shouldBe: string;
  /**
   * The statements that mend it, in their order. `migrate` runs them, unless it is by hand. Empty where they are those of a
   * finding before, and where it takes a decision of yours.
   */
  readonly sql: readonly string[];
  /** Whether only you can mend it. While there is an error that is so, `migrate` refuses to begin. */
  readonly isByHand: boolean;
}

/** The migrations, in their order. Their names are in the history of databases: they never change. */
export const MIGRATIONS = ["0001_tables", "0002_indexes"] as const;

export type MigrationName = (typeof MIGRATIONS)[number];

/** A finding about a table, and what is to be done about it. */
export interface Step extends Pick<SchemaFinding, "code" | "level" | "is" | "shouldBe"> {
  readonly table: AuthTable;
  readonly column?: string;
  /** The migration that it is a part of. Default: the first one. */
  readonly migration?: MigrationName;
  /** The statements that mend it. Default: those of the step before. */
  readonly statements?: readonly Compilable[];
  /** The tables that they give a foreign key to, which has to hold for all rows. Default: none */
  readonly givesForeignKey?: readonly OwnedTable[];
  /** Whether nobody but the caller can mend it: as an error, `migrate` refuses it. Default: false */
  readonly isByHand?: boolean;
}
