import { sql } from "kysely";
import type { Database, DatabaseSql } from "./databases.js";
import type { Problem } from "./problems.js";

/** A table with copies of rows. */
export interface Backup {
  readonly name: string;
  readonly table: string;
  /** Those that can be written to. */
  readonly columns: readonly string[];
}

/** The statement that makes rows what they were. It names the columns: tables may have generated and invisible ones. */
export function putBack(
  db: Database,
  { name, table, columns }: Backup,
  { mend }: Problem,
  { inserted }: DatabaseSql,
): string {
  const copies = db.selectFrom(name);
  const statement =
    mend === "lock"
      ? db
          .updateTable(table)
          .set({ hashed_password: sql`null` })
          .where("id", "in", copies.select("id"))
      : db
          .insertInto(table)
          .columns(columns)
          .expression(inserted(copies.select(columns)));
  return statement.compile().sql;
}
