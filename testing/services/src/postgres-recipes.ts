import path from "node:path";
import { planContainer } from "./docker.js";
import type { FoundPostgres } from "./find-postgres.js";
import { findSibling } from "./find-program.js";
import { languageEnvironment, type MessageLanguage } from "./message-language.js";
import type { Place, Plan, Recipe } from "./server.js";
import type { ServerUser } from "./server-user.js";

const url = (port: number) => `postgres://postgres@127.0.0.1:${port}/postgres`;

const INITDB_OPTIONS = ["--encoding=UTF8", "--locale=C", "--no-sync"];

const SETTINGS = {
  max_connections: 200,
  fsync: "off",
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

/** The way to run a program that was found. */
export function postgresOnMachine(
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
