import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import type { Generated, Kysely } from "kysely";
import { onTestFinished } from "vitest";
import { type AuthDatabase, kyselyLucia, schema, type UserColumns } from "../../src/index.js";

/** The database of the tests: users with a name, and their notes. */
export interface Database extends AuthDatabase<{ username: string }> {
  note: { id: Generated<number>; user_id: string; body: string };
}

export const userColumns: UserColumns = (table) =>
  table.addColumn("username", "text", (c) => c.notNull().unique());

export async function createNotes(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable("note")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("user_id", "text", (c) => c.notNull().references("auth_user.id"))
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
}

/** A folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kysely-lucia-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const options = {
  schema: schema<Database>(),
  lucia: {
    env: "DEV",
    hash: {
      generate: (s: string) => `hash of ${s}`,
      validate: (s: string, h: string) => h === `hash of ${s}`,
    },
  },
  userColumns,
} satisfies Omit<Parameters<typeof kyselyLucia>[0], "database">;

/** A notes app on a file of its own, with its tables, closed when the test ends. */
export async function notesApp() {
  const path = join(temporaryFolder(), "app.db");
  const database = new SQLite(path, { timeout: 1 });
  const app = kyselyLucia({ ...options, database });
  await app.migrate();
  await createNotes(app.db);
  onTestFinished(() => app.close());
  return { ...app, database, path };
}
