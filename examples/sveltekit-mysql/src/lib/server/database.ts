import { type AuthDatabase, idType } from "@kysely-lucia/mysql";
import { type Generated, type Kysely, sql } from "kysely";

interface UserAttributes {
  /** The same in capitals and small letters, as the column's collation has it. */
  username: string;
  /** Several users may have the same one: a sign-up does not tell who has an account. */
  email: string;
  /** Milliseconds since 1970; null until the link in a mail was used. */
  email_verified_at: number | null;
}

/** All tables of this site: Lucia's three, the notes, and the mails of a site without a mailer. */
export interface Database extends AuthDatabase<UserAttributes> {
  note: {
    id: Generated<number>;
    user_id: string;
    body: string;
    /** Milliseconds since 1970. */
    created_at: number;
  };
  mail: {
    id: Generated<number>;
    recipient: string;
    subject: string;
    body: string;
    link: string;
    sent_at: number;
  };
}

/** Creates the site's own tables where they are not there. The auth tables come first: notes refer to them. */
export async function createTables(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable("note")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
    .addColumn("user_id", await idType(db), (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addForeignKeyConstraint("note_user_id", ["user_id"], "auth_user", ["id"])
    .execute();
  await db.schema
    .createTable("mail")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
    .addColumn("recipient", "varchar(254)", (column) => column.notNull())
    .addColumn("subject", "varchar(255)", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("link", "varchar(255)", (column) => column.notNull())
    .addColumn("sent_at", "bigint", (column) => column.notNull())
    .execute();
  await createIndexOfEmails(db);
}

const ER_DUP_KEYNAME = 1061;

/** MySQL, unlike MariaDB, has no `create index if not exists`. */
async function createIndexOfEmails(db: Kysely<Database>): Promise<void> {
  try {
    await sql`create index auth_user_email on auth_user (email)`.execute(db);
  } catch (error) {
    if (Object(error).errno !== ER_DUP_KEYNAME) throw error;
  }
}
