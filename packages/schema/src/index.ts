/**
 * The types of the auth tables, which every dialect has in its own columns' types.
 *
 * @module @kysely-lucia/schema
 */
export type { AuthTables, ColumnTypes } from "./auth-tables.js";
export type { UserAttributes, UserAttributesUpdate, UserRow } from "./rows.js";
export { type Schema, schema } from "./schema.js";
export type { DefaultTableNames, TableNames } from "./table-names.js";
