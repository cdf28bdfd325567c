import type { AuthDatabase } from "@kysely-lucia/sqlite";
import type { Generated, Kysely } from "kysely";

/** All tables of this site: Lucia's three, with a name for each user, and the site's own notes. */
export interface Database extends AuthDatabase<{ username: string }> {
  note: {
    id: Generated<number>;
    user_id: string;
    body: string;
    /** Milliseconds since 1970. */
    created_at: number;
  };
}

/** Creates the table of notes where it is not there. The auth tables come first: it refers to them. */
export async function createNoteTable({ schema }: Kysely<Database>): Promise<void> {
  await schema
    .createTable("note")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
    .addColumn("user_id", "text", (column) => column.notNull().references("auth_user.id"))
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("created_at", "integer", (column) => column.notNull())
    .execute();
  await schema
    .createIndex("note_user_id_index")
    .ifNotExists()
    .on("note")
    .column("user_id")
    .execute();
}
