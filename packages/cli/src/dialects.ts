import { existsSync } from "node:fs";
import type { App } from "./app.js";
import { CliError, EXIT } from "./exit-codes.js";
import { importFromProject } from "./project.js";

/** How databases of one kind are reached by their URL. */
interface Dialect {
  readonly schemes: readonly string[];
  readonly example: string;
  readonly driver: string;
  readonly packageName: string;
  /** Makes the options of the factory that are about the pool. */
  openPool(driver: Record<string, unknown>, url: string): Record<string, unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: drivers of the user's project, in the versions that it has
type Driver = any;

const DIALECTS: readonly Dialect[] = [
  {
    schemes: ["postgres:", "postgresql:"],
    example: "postgres://user:password@localhost/app",
    driver: "pg",
    packageName: "@kysely-lucia/postgres",
    openPool: (driver: Driver, url) => {
      const pool = new driver.default.Pool({ connectionString: url, max: 3 });
      // What was lost while nothing was asked is told by the next query.
      pool.on("error", () => {});
      return { pool };
    },
  },
  {
    schemes: ["mysql:", "mariadb:"],
    example: "mysql://user:password@localhost/app",
    driver: "mysql2",
    packageName: "@kysely-lucia/mysql",
    openPool: (driver: Driver, url) => ({
      pool: driver.createPool({ uri: url.replace(/^mariadb:/, "mysql:"), connectionLimit: 3 }),
    }),
  },
  {
    schemes: ["sqlite:", "file:"],
    example: "sqlite:app.db",
    driver: "better-sqlite3",
    packageName: "@kysely-lucia/sqlite",
    openPool: (driver: Driver, url) => {
      const file = url.replace(/^(sqlite|file):(\/\/)?/, "");
      if (!existsSync(file)) {
        throw new CliError(
          `There is no file ${file}. Expected that of a SQLite database, as in sqlite:app.db.`,
        );
      }
      return { database: new driver.default(file) };
    },
  },
];

/**
 * The factory on the database at a URL, with the packages of the user's project.
 *
 * @param folder of that project
 * @throws CliError for a URL of no known kind, and where a package is missing
 */
export async function openUrl(url: string, folder: string): Promise<App> {
  const scheme = /^[\w+.-]+:/.exec(url)?.[0].toLowerCase();
  const dialect = DIALECTS.find(({ schemes }) => schemes.some((known) => known === scheme));
  if (!dialect) {
    const examples = DIALECTS.map(({ example }) => example).join(", ");
    // Not the URL: where it is not understood, nobody knows what in it is secret.
    const given = scheme === undefined ? "has no scheme" : `begins with ${scheme}`;
    throw new CliError(`The URL ${given}. Expected one such as ${examples}.`);
  }
  const { driver, packageName, openPool } = dialect;
  const install = `${packageName} ${driver} kysely lucia-auth@1`;
  const { kyselyLucia, schema }: Driver = await importFromProject(folder, packageName, install);
  const pool = openPool(await importFromProject(folder, driver, install), url);
  try {
    return kyselyLucia({ ...pool, schema: schema(), lucia: { env: "PROD" } });
  } catch (error) {
    throw new CliError(error instanceof Error ? error.message : String(error), EXIT.failed, {
      cause: error,
    });
  }
}
