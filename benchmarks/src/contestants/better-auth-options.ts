import type { BetterAuthOptions } from "better-auth";
import type { DialectName } from "../dialects/dialect.js";
import { openMysql } from "../dialects/mysql.js";
import { openPostgres } from "../dialects/postgres.js";
import { openSqlite } from "../dialects/sqlite.js";

/** Signs cookies. Nothing is secret here. */
export const SECRET = "a secret of the benchmarks, of a length that is enough";

type Database = NonNullable<BetterAuthOptions["database"]>;

interface Opened {
  readonly database: Database;
  close(): Promise<void>;
}

/** The drivers, which better-auth puts its built-in Kysely on. */
export const openBetterAuth: Record<DialectName, (location: string, poolSize: number) => Opened> = {
  sqlite: (location) => {
    const database = openSqlite(location);
    return { database, close: async () => void database.close() };
  },
  postgres: (location, poolSize) => {
    const pool = openPostgres(location, poolSize);
    return { database: pool, close: () => pool.end() };
  },
  mysql: (location, poolSize) => {
    const pool = openMysql(location, poolSize).promise();
    return { database: pool, close: () => pool.end() };
  },
};

const stub = {
  hash: async (password: string) => `stub:${password}`,
  verify: async ({ hash, password }: { hash: string; password: string }) =>
    hash === `stub:${password}`,
};

/** With what it does by itself, but for the hashes of passwords. */
export function betterAuthOptions(database: Database) {
  return {
    database,
    secret: SECRET,
    baseURL: "http://localhost",
    emailAndPassword: { enabled: true, password: stub },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions;
}
