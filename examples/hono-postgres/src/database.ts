import type { AuthDatabase } from "@kysely-lucia/postgres";
import { type Generated, type Kysely, sql } from "kysely";

/** All tables of this site: Lucia's three, with a name for each user, and the site's own. */
export interface Database extends AuthDatabase<{ username: string }> {
  note: {
    id: Generated<number>;
    user_id: string;
    body: string;
    created_at: Generated<Date>;
  };
  /** Ways to Pocket ID and back that have been begun. */
  provider_attempt: {
    /** The hash of `state`. */
    id: string;
    nonce: string;
    code_verifier: string;
    /** Who wants to link Pocket ID, and the hash of the session; null for somebody who signs in. */
    user_id: string | null;
    session: string | null;
    expires_at: Date;
  };
  /** People whom Pocket ID knows, and who have yet to choose a name. */
  provider_newcomer: {
    /** The hash of what is in the cookie. */
    id: string;
    identity: string;
    /** What Pocket ID calls them. */
    name: string;
    expires_at: Date;
  };
}

/** Creates the site's own tables where they are not there. The auth tables come first: these refer to them. */
export async function createTables(db: Kysely<Database>): Promise<void> {
  // `Ada` and `ada` would be hard to tell apart.
  await db.schema
    .createIndex("auth_user_name_index")
    .ifNotExists()
    .on("auth_user")
    .expression(sql`lower(username)`)
    .unique()
    .execute();
  await createNoteTable(db);
  await createProviderTables(db);
}

async function createNoteTable({ schema }: Kysely<Database>): Promise<void> {
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

async function createProviderTables({ schema }: Kysely<Database>): Promise<void> {
  await schema
    .createTable("provider_attempt")
    .ifNotExists()
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("nonce", "text", (column) => column.notNull())
    .addColumn("code_verifier", "text", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.references("auth_user.id").onDelete("cascade"))
    .addColumn("session", "text")
    .addColumn("expires_at", "timestamptz", (column) => column.notNull())
    .execute();
  await schema
    .createTable("provider_newcomer")
    .ifNotExists()
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("identity", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("expires_at", "timestamptz", (column) => column.notNull())
    .execute();
}
