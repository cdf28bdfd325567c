import { createPostgresDatabase, startOwnPostgres } from "@kysely-lucia/services";
import pg from "pg";
import { openOnPostgres } from "../apps/postgres.js";
import { silence } from "../faults/network.js";
import { firstColumn, type System } from "./system.js";

/** PostgreSQL on `pg`. */
export const postgres: System = {
  faults: [silence],
  moments: [],
  start: startOwnPostgres,
  createDatabase: createPostgresDatabase,

  open: openOnPostgres,

  connect: async (url) => {
    const client = new pg.Client(url);
    client.on("error", () => {});
    await client.connect();
    return {
      read: async (sql) => firstColumn((await client.query(sql)).rows),
      end: () => client.end(),
    };
  },

  terminateOthers: async (beside) => {
    await beside.read(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
  },

  waitingSql:
    "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  endsTransaction: /commit/,
  // One statement, which commits by itself.
  signsUp: /insert into "auth_user"/,
};
