export type { AuthTables, ColumnTypes } from "./auth-tables.js";
export type { UserAttributes, UserAttributesUpdate, UserRow, WithUsers } from "./rows.js";
export { type Schema, schema } from "./schema.js";
