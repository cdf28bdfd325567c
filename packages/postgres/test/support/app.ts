import type { UserColumns } from "@kysely-lucia/core";
import pg from "pg";
import { onTestFinished } from "vitest";
import { type AuthDatabase, kyselyLucia, schema } from "../../src/index.js";
import { createDatabase } from "./database.js";

/** The database of the tests that are not the conformance suite's. */
export interface Database extends AuthDatabase<{ username: string }> {
  note: { body: string };
}

const userColumns: UserColumns = (table) =>
  table.addColumn("username", "text", (column) => column.notNull().unique());

/** What tests give to the factory beside the pool. */
export const options = {
  schema: schema<Database>(),
  lucia: {
    env: "DEV",
    hash: {
      generate: (password: string) => `hash of ${password}`,
      validate: (password: string, stored: string) => stored === `hash of ${password}`,
    },
    transformDatabaseUser: (user: { id: string; username: string }) => ({
      userId: user.id,
      username: user.username,
    }),
  },
  userColumns,
} as const;

/** A pool on an empty database, which is closed and removed when the test is over. */
export async function createPool(
  settings: pg.PoolConfig = {},
  Pool: typeof pg.Pool = pg.Pool,
): Promise<pg.Pool> {
  const { url: connectionString, drop } = await createDatabase();
  const pool = new Pool({ connectionString, max: 2, ...settings });
  onTestFinished(async () => {
    if (!pool.ending) await pool.end();
    await drop();
  });
  return pool;
}

/** The factory on a pool with these settings, on migrated tables, until the test is over. */
export async function startApp(settings: pg.PoolConfig = {}, Pool: typeof pg.Pool = pg.Pool) {
  const pool = await createPool(settings, Pool);
  const app = kyselyLucia({ ...options, pool });
  await app.migrate();
  await app.db.schema.createTable("note").addColumn("body", "text").execute();
  const notes = async () =>
    (await app.db.selectFrom("note").select("body").execute()).map(({ body }) => body);
  return { ...app, pool, notes, url: String(pool.options.connectionString) };
}

type App = Awaited<ReturnType<typeof startApp>>;

/** Signs a user up with a key and a password. */
export const signUp = ({ auth }: Pick<App, "auth">, name: string) =>
  auth.createUser({
    primaryKey: { providerId: "email", providerUserId: name, password: `password of ${name}` },
    attributes: { username: name },
  });
