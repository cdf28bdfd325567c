import type { AuthDatabase } from "@kysely-lucia/postgres";
import { type Generated, type Kysely, sql } from "kysely";

/** All tables of this site: Lucia's three, with a name for each user, and the site's own notes. */
export interface Database extends AuthDatabase<{ username: string }> {
  note: {
    id: Generated<number>;
    user_id: string;
    body: string;
    created_at: Generated<Date>;
  };
}

/** Creates the site's own table where it is not there. The auth tables come first: the notes refer to them. */
export async function createTables({ schema }: Kysely<Database>): Promise<void> {
  await schema
    .createTable("note")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn("user_id", "text", (column) => column.notNull().references("auth_user.id"))
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz", (column) => column.notNull().defaultTo(sql`now()`))
    .execute();
  await schema
    .createIndex("note_user_id_index")
    .ifNotExists()
    .on("note")
    .column("user_id")
    .execute();
}
