import type { OpenApp } from "./open-app.js";

/** The ways to open an app, each of which loads its own driver and no other. */
const openers: Readonly<Record<string, () => Promise<(place: string) => OpenApp>>> = {
  sqlite: async () => (await import("./sqlite.js")).openOnSqlite,
  postgres: async () => (await import("./postgres.js")).openOnPostgres,
  mysql: async () => (await import("./mysql.js")).openOnMysql,
};

/** An app on the database at a place: a path or a URL. */
export async function openApp(database: string, place: string): Promise<OpenApp> {
  const load = openers[database];
  if (!load) throw new Error(`There is no way to open "${database}".`);
  return (await load())(place);
}
