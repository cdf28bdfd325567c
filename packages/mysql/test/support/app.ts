import type { UserColumns } from "@kysely-lucia/core";
import { createPool, type Pool, type PoolOptions } from "mysql2";
import { onTestFinished } from "vitest";
import { type AuthDatabase, kyselyLucia, schema } from "../../src/index.js";
import { createDatabase } from "./database.js";

/** The database of the tests that are not the conformance suite's. */
export interface Database extends AuthDatabase<{ username: string }> {
  note: { body: string };
}

const userColumns: UserColumns = (table) =>
  table.addColumn("username", "varchar(255)", (column) => column.notNull().unique());

/** The quickest hash there is. */
const hash = {
  generate: (password: string) => `hash of ${password}`,
  validate: (password: string, stored: string) => stored === `hash of ${password}`,
};

/** What tests give to the factory beside the pool. */
export const options = {
  schema: schema<Database>(),
  lucia: {
    env: "DEV",
    hash,
    transformDatabaseUser: (user: { id: string; username: string }) => ({
      userId: user.id,
      username: user.username,
    }),
  },
  userColumns,
} as const;

/** The factory on a pool with these settings, on migrated tables, until the test is over. */
export async function startApp(settings: PoolOptions = {}) {
  const database = await createDatabase();
  const pool: Pool = createPool({ uri: database.url, connectionLimit: 2, ...settings });
  const app = kyselyLucia({ ...options, pool });
  onTestFinished(async () => {
    await app.close();
    await database.drop();
  });
  await app.migrate();
  await app.db.schema.createTable("note").addColumn("body", "varchar(255)").execute();
  return { ...app, pool, url: database.url };
}

/** Signs a user up with a key and a password. */
export const signUp = (
  { auth }: Pick<Awaited<ReturnType<typeof startApp>>, "auth">,
  name: string,
) =>
  auth.createUser({
    primaryKey: { providerId: "email", providerUserId: name, password: `password of ${name}` },
    attributes: { username: name },
  });
