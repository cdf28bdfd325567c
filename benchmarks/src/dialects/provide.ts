import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  createMysqlDatabase,
  createPostgresDatabase,
  dataFolder,
  startMariadb,
  startPostgres,
} from "@kysely-lucia/services";
import { administer } from "./administer.js";
import type { DialectName } from "./dialect.js";

/** Where the contestants of one dialect get their databases. */
export interface Provider {
  /** The database and its version, such as `PostgreSQL 18.1`. */
  readonly version: string;
  /** A path or a URL of an empty database. */
  createDatabase(): Promise<string>;
  /** Ends the server, with all that is in it. */
  stop(): Promise<void>;
}

const PROVIDE: Record<DialectName, () => Promise<Omit<Provider, "version">>> = {
  sqlite: provideFiles,
  postgres: async () => {
    const { url, stop } = await startPostgres();
    return onServer(() => createPostgresDatabase(url), stop);
  },
  mysql: async () => {
    const { url, stop } = await startMariadb();
    return onServer(() => createMysqlDatabase(url), stop);
  },
};

const VERSION: Record<DialectName, { name: string; sql: string }> = {
  sqlite: { name: "SQLite", sql: "select sqlite_version()" },
  postgres: { name: "PostgreSQL", sql: "show server_version" },
  mysql: { name: "", sql: "select version()" },
};

/** Starts what a dialect needs. */
export async function provide(dialect: DialectName): Promise<Provider> {
  const provider = await PROVIDE[dialect]();
  try {
    return { ...provider, version: await versionOf(dialect, await provider.createDatabase()) };
  } catch (error) {
    await provider.stop();
    throw error;
  }
}

async function versionOf(dialect: DialectName, location: string): Promise<string> {
  const admin = await administer(dialect, location);
  try {
    const { name, sql } = VERSION[dialect];
    return versionName(name, String(await admin.ask(sql)));
  } finally {
    await admin.close();
  }
}

/** `10.11.19-MariaDB-0+deb12u1` and `18.4 (Debian 18.4-1)` are about more than the version. */
function versionName(name: string, version: string): string {
  const number = version.match(/^[\d.]+/)?.[0];
  return `${name || (version.includes("MariaDB") ? "MariaDB" : "MySQL")} ${number}`;
}

async function provideFiles(): Promise<Omit<Provider, "version">> {
  const folder = await mkdtemp(join(dataFolder(), `kysely-lucia-bench-${process.pid}-`));
  let files = 0;
  return {
    createDatabase: async () => {
      files += 1;
      return join(folder, `${files}.db`);
    },
    stop: () => rm(folder, { recursive: true }),
  };
}

/** A server of others goes on, and is to have no databases of ours then. */
function onServer(
  create: () => Promise<{ url: string; drop(): Promise<void> }>,
  stop: () => Promise<void>,
): Omit<Provider, "version"> {
  const dropAll: (() => Promise<void>)[] = [];
  return {
    createDatabase: async () => {
      const { url, drop } = await create();
      dropAll.push(drop);
      return url;
    },
    stop: async () => {
      for (const drop of dropAll) await drop();
      await stop();
    },
  };
}
