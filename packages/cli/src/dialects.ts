import { existsSync } from "node:fs";
import path from "node:path";
import { type App, isApp } from "./app.js";
import { CliError, EXIT } from "./errors.js";
import { importFromProject } from "./project.js";

/** How databases of one kind are reached by their URL. */
interface Dialect {
  readonly schemes: readonly string[];
  readonly example: string;
  readonly driver: string;
  readonly packageName: string;
  /** Makes the options of the factory that are about the pool. */
  openPool(driver: Record<string, unknown>, url: string, folder: string): Record<string, unknown>;
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
      const pool = new driver.default.Pool({
        connectionString: url,
        max: 3,
        connectionTimeoutMillis: 10_000,
      });
      // The next query tells of an idle connection that was lost.
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
    openPool: (driver: Driver, url, folder) => {
      const file = path.resolve(folder, url.replace(/^(sqlite|file):(\/\/)?/i, ""));
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
 * @param given the URL, and by what name it was given
 * @param folder of that project, and the one that relative paths start from
 * @throws CliError for a URL of no known kind, and where a package is missing
 */
export async function openUrl(
  { name, url }: { readonly name: string; readonly url: string },
  folder: string,
): Promise<App> {
  const scheme = /^[\w+.-]+:/.exec(url)?.[0].toLowerCase();
  const dialect = DIALECTS.find(({ schemes }) => schemes.some((known) => known === scheme));
  if (!dialect) {
    const examples = DIALECTS.map(({ example }) => example).join(", ");
    // Not the URL: where it is not understood, nobody knows what in it is secret.
    const found = scheme === undefined ? "has no scheme" : `begins with ${scheme}`;
    throw new CliError(`${name} ${found}. Expected a URL such as ${examples}.`);
  }
  const { driver, packageName, openPool } = dialect;
  const install = `${packageName} ${driver} kysely lucia-auth@1`;
  const { kyselyLucia, schema }: Driver = await importFromProject(folder, packageName, install);
  const pool = openPool(await importFromProject(folder, driver, install), url, folder);
  const app = kyselyLucia({ ...pool, schema: schema(), lucia: { env: "PROD" } });
  if (isApp(app)) return app;
  throw new CliError(
    `The ${packageName} of this project is too old for this program: run \`npm install ${packageName}@latest\`.`,
    EXIT.failed,
  );
}
