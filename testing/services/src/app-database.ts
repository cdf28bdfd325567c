import { provideDatabase } from "./with-database/provide-database.js";
import type { DatabaseKind } from "./with-database/settings.js";

/** What an app is told, and how to end what was started for it. */
export interface AppDatabase {
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** An empty database for an app that reads from `DATABASE_URL` where it is. On SQLite the app has a file of its own, and is told nothing. */
export async function startAppDatabase(dialect: "sqlite" | DatabaseKind): Promise<AppDatabase> {
  if (dialect === "sqlite") return { env: {}, stop: async () => {} };
  const { url, end } = await provideDatabase(dialect, undefined);
  return { env: { DATABASE_URL: url }, stop: end };
}
