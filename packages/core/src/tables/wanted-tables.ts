import type { DialectSpec } from "../dialect-spec.js";
import type { AnyOptions, UserColumns } from "../options.js";
import { AuthTableNames } from "../table-names.js";

/** The options that are about tables. */
export type TableOptions = Pick<
  AnyOptions,
  "tables" | "databaseSchema" | "userColumns" | "foreignKeys"
>;

/** What the tables of one app are to be. */
export interface WantedTables {
  readonly spec: DialectSpec;
  readonly names: AuthTableNames;
  readonly userColumns: UserColumns;
  /** Whether keys and sessions refer to their users. */
  readonly foreignKeys: boolean;
}

export function wantedTables(spec: DialectSpec, options: TableOptions): WantedTables {
  const { userColumns = (table) => table, foreignKeys = true } = options;
  return { spec, names: new AuthTableNames(options), userColumns, foreignKeys };
}
