import path from "node:path";
import { canRun, findFiles } from "./find-program.js";
import { provideProgram } from "./provide-program.js";
import { type Place, type Server, startServer } from "./server.js";
import { findServerUser, type ServerUser } from "./server-user.js";

/**
 * Gives a MariaDB or MySQL server: the one of the environment variable `KYSELY_LUCIA_MYSQL_URL`, else
 * a MariaDB started for the caller alone, with the programs on the machine, else, on Debian or Ubuntu
 * as root, with the distribution's package, installed now. It keeps nothing safe from a power cut.
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
  const url = process.env["KYSELY_LUCIA_MYSQL_URL"];
  if (url) return { url, stop: async () => {} };
  const user = findServerUser(["mysql", "nobody"]);
  const program = await provideProgram({
    what: "MariaDB server",
    ways:
      "set KYSELY_LUCIA_MYSQL_URL to the URL of one, such as mysql://user:password@localhost/database; " +
      "put mariadbd and mariadb-install-db on the PATH",
    // Not `mariadb-server`, which would also start a server for the whole machine.
    debianPackages: ["mariadb-server-core", "mariadb-client-core"],
    find: () => findMariadb(user),
  });
  return startServer({
    name: "mariadb",
    plan: (place) => ({ user, ...commands(program, place) }),
    url: (port) => `mysql://root@127.0.0.1:${port}/test`,
  });
}

function findMariadb(user: ServerUser | undefined): string | undefined {
  return findFiles("mariadbd", ["/usr/sbin", "/usr/local/sbin"]).find(
    (program) =>
      canRun(program, user) &&
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

function commands(program: string, { directory, port }: Place) {
  const installer = findTool(program, "mariadb-install-db");
  if (!installer) throw new Error(`There is no mariadb-install-db beside ${program}.`);
  const common = [
    "--no-defaults",
    `--datadir=${path.join(directory, "data")}`,
    "--character-set-server=utf8mb4",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-log-file-size=16M",
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
      `--tmpdir=${directory}`,
      "--skip-name-resolve",
      "--innodb-flush-method=nosync",
      // As after a crash: the data is thrown away.
      "--innodb-fast-shutdown=3",
    ],
    readyText: "ready for connections",
    stopSignal: "SIGTERM",
  } as const;
}
