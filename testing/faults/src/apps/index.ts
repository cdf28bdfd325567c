import type { KyselyConfig } from "kysely";
import type { OpenApp } from "./open-app.js";

/** What an app may tell Kysely. */
export type KyselyOptions = Omit<KyselyConfig, "dialect">;

/** The ways to open an app, each of which loads its own driver and no other. */
const openers: Readonly<Record<string, () => Promise<Opener>>> = {
  sqlite: async () => (await import("./sqlite.js")).openOnSqlite,
  postgres: async () => onServer((await import("./postgres.js")).openOnPostgres),
  mysql: async () => onServer((await import("./mysql.js")).openOnMysql),
};

type Opener = (place: string, kysely: KyselyOptions) => OpenApp;

const onServer =
  (open: (url: string, kind: "usual", kysely: KyselyOptions) => OpenApp): Opener =>
  (url, kysely) =>
    open(url, "usual", kysely);

/** An app on the database at a place: a path or a URL. */
export async function openApp(
  database: string,
  place: string,
  kysely: KyselyOptions = {},
): Promise<OpenApp> {
  const load = openers[database];
  if (!load) throw new Error(`There is no way to open "${database}".`);
  return (await load())(place, kysely);
}
