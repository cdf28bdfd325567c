import path from "node:path";
import { findFiles, readVersion } from "./find-program.js";
import { provideOwnServer } from "./provide-server.js";
import type { OwnServer, Place, Plan, Recipe } from "./server.js";
import { findServerUser } from "./server-user.js";

/**
 * Starts PgBouncer in front of a PostgreSQL server, in transaction mode: each transaction of a client, and each
 * query outside of one, is run on whichever of two server connections is free. With the program on the machine, else, on
 * Debian or Ubuntu as root, with the distribution's package, installed now.
 *
 * @param serverUrl of the PostgreSQL server. The URL that is returned leads to the same database
 * @throws Error that names these ways, where none of them leads to it
 */
export async function startPgbouncer(serverUrl: string): Promise<OwnServer> {
  return provideOwnServer({
    what: "PgBouncer",
    ways: ["put pgbouncer on the PATH"],
    find: () => findPgbouncer(serverUrl),
    debianPackages: ["pgbouncer"],
  });
}

function findPgbouncer(serverUrl: string): Recipe | undefined {
  const user = findServerUser(["postgres", "nobody"]);
  const program = findFiles("pgbouncer", ["/usr/sbin"]).find((file) => readVersion(file, user));
  if (program === undefined) return undefined;
  return {
    name: "pgbouncer",
    url: (port) => {
      const url = new URL(serverUrl);
      url.host = `127.0.0.1:${port}`;
      return url.href;
    },
    plan: (place) => ({ user, ...commands(program, serverUrl, place) }),
  };
}

function commands(
  program: string,
  serverUrl: string,
  { directory, port }: Place,
): Omit<Plan, "directory"> {
  const { hostname, port: serverPort, username, password } = new URL(serverUrl);
  const secret = password ? ` password=${decodeURIComponent(password)}` : "";
  const settings = [
    "[databases]",
    `* = host=${hostname} port=${serverPort || 5432} user=${decodeURIComponent(username)}${secret}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    "pool_mode = transaction",
    "default_pool_size = 2",
    // Each time the other one, so that what was prepared before is somewhere else.
    "server_round_robin = 1",
  ];
  const file = path.join(directory, "pgbouncer.ini");
  return {
    prepare: ["/bin/sh", "-c", 'printf "%s\\n" "$2" > "$1"', "sh", file, settings.join("\n")],
    serve: [program, file],
    readyPattern: "process up",
    // It has nothing to lose, and newer ones wait for their clients otherwise.
    stopSignal: "SIGKILL",
  };
}
