import { realpathSync } from "node:fs";
import path from "node:path";
import { planContainer } from "./docker.js";
import { findFiles, readVersion } from "./find-program.js";
import { provideOwnServer, provideServer, type Wanted } from "./provide-server.js";
import type { OwnServer, Place, Plan, Recipe, Server } from "./server.js";
import { findServerUser, type ServerUser } from "./server-user.js";

/**
 * Gives a MariaDB or MySQL server: the one of the environment variable `KYSELY_LUCIA_MYSQL_URL`, else
 * a MariaDB started for the caller alone, with the programs on the machine, else with Docker, else, on
 * Debian or Ubuntu as root, with the distribution's package, installed now. It keeps nothing safe from
 * a power cut. For messages in German, a connection runs `set session lc_messages = 'de_DE'`.
 *
 * @throws Error that names these ways, where none of them leads to a server
 * @example
 * ```ts
 * const mariadb = await startMariadb();
 * const pool = createPool({ uri: mariadb.url });
 * // ...
 * await pool.promise().end();
 * await mariadb.stop();
 * ```
 */
export async function startMariadb(): Promise<Server> {
  return provideServer(wanted());
}

/**
 * The same as {@link startMariadb}, always started for the caller alone, who may kill it and start it
 * again: the environment variable and Docker are left aside.
 *
 * @param more settings of the server, such as `--lower-case-table-names=1`
 * @throws Error that names the ways to have one, where none of them leads to a server
 */
export async function startOwnMariadb(more: readonly string[] = []): Promise<OwnServer> {
  return provideOwnServer(wanted(more));
}

function wanted(more: readonly string[] = []): Wanted {
  const user = findServerUser(["mysql", "nobody"]);
  return {
    what: "MariaDB server",
    variable: {
      name: "KYSELY_LUCIA_MYSQL_URL",
      example: "mysql://user:password@localhost/database",
    },
    ways: ["put mariadbd and mariadb-install-db on the PATH"],
    find: () => {
      const program = findMariadb(user);
      return program === undefined ? undefined : recipe(program, user, more);
    },
    inDocker: mariadbInDocker,
    // Not `mariadb-server`, which also makes a database for the whole machine.
    debianPackages: ["mariadb-server-core", "mariadb-client-core"],
  };
}

function findMariadb(user: ServerUser | undefined): string | undefined {
  return findFiles("mariadbd", ["/usr/sbin", "/usr/local/sbin"])
    .map((file) => realpathSync(file))
    .find(
      (program) =>
        readVersion(program, user) !== undefined &&
        findTool(program, "mariadb-install-db") &&
        // The installer needs it; Debian has it in a package of its own.
        findTool(program, "my_print_defaults"),
    );
}

/** Debian has tools in `bin`, beside the `sbin` of the server; MariaDB's archives also in `scripts`. */
function findTool(program: string, name: string): string | undefined {
  const base = path.resolve(path.dirname(program), "..");
  return findFiles(name, [path.join(base, "bin"), path.join(base, "scripts")])[0];
}

const url = (port: number) => `mysql://root@127.0.0.1:${port}/test`;

const SETTINGS = [
  "--character-set-server=utf8mb4",
  "--max-connections=200",
  "--skip-name-resolve",
  "--skip-log-bin",
  "--skip-performance-schema",
  // What is committed is with the system, and survives the server.
  "--innodb-flush-log-at-trx-commit=2",
  "--innodb-flush-method=nosync",
  // Else each table that is made or dropped writes to tables of statistics.
  "--innodb-stats-persistent=0",
  // As after a crash: the data is thrown away.
  "--innodb-fast-shutdown=3",
];

const IMAGE = {
  name: "mariadb:10.11",
  port: 3306,
  data: "/var/lib/mysql",
  environment: { MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: "1", MARIADB_DATABASE: "test" },
  args: SETTINGS,
  readyPattern: "ready for connections[^]*port: 3306",
};

/** The way to run it in a container. */
export const mariadbInDocker: Recipe = {
  name: "mariadb",
  url,
  plan: (place) => planContainer(IMAGE, place),
};

function recipe(program: string, user: ServerUser | undefined, more: readonly string[]): Recipe {
  return { name: "mariadb", url, plan: (place) => ({ user, ...commands(program, place, more) }) };
}

function commands(
  program: string,
  { directory, port }: Place,
  more: readonly string[],
): Omit<Plan, "directory"> {
  const installer = findTool(program, "mariadb-install-db");
  if (!installer) throw new Error(`There is no mariadb-install-db beside ${program}.`);
  const common = [
    "--no-defaults",
    `--datadir=${path.join(directory, "data")}`,
    // At its start a server removes the temporary tables of all others in the folder for them.
    `--tmpdir=${directory}`,
    "--innodb-log-file-size=16M",
    ...SETTINGS,
    ...more,
  ];
  return {
    prepare: [installer, ...common, "--auth-root-authentication-method=normal"],
    serve: [
      program,
      ...common,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      `--socket=${path.join(directory, "socket")}`,
      `--pid-file=${path.join(directory, "pid")}`,
    ],
    readyPattern: "ready for connections",
    stopSignal: "SIGTERM",
  };
}
