import { sql } from "kysely";
import { db, migrate } from "./auth";

/** Creates the tables that are not there. The auth tables come first: the notes refer to them. */
export async function createTables(): Promise<void> {
  await migrate();
  await db.schema
    .createTable("note")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn("user_id", "text", (column) => column.notNull().references("auth_user.id"))
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz", (column) => column.notNull().defaultTo(sql`now()`))
    .execute();
  await db.schema
    .createIndex("note_user_id_index")
    .ifNotExists()
    .on("note")
    .column("user_id")
    .execute();
}
