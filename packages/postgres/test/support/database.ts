import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A database of its own on the server for tests. */
export interface TestDatabase {
  readonly connectionString: string;
  readonly drop: () => Promise<void>;
}

/** Creates an empty database. Those who connect to it end their connections before it is dropped. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `kysely_lucia_${randomBytes(8).toString("hex")}`;
  await onServer(`create database ${name}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = name;
  return { connectionString: url.href, drop: () => drop(name) };
}

/** A connection that was ended stays on the server's list for a moment. */
async function drop(name: string): Promise<void> {
  const OBJECT_IN_USE = "55006";
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await onServer(`drop database ${name}`);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== OBJECT_IN_USE) throw error;
    }
  }
  throw new Error(`The database ${name} could not be dropped: somebody is connected to it.`);
}

/** Connected while it is used, so that it keeps no process alive. */
let server: pg.Pool | undefined;

async function onServer(sql: string): Promise<void> {
  server ??= new pg.Pool({
    connectionString: inject("postgresUrl"),
    max: 1,
    idleTimeoutMillis: 500,
    allowExitOnIdle: true,
  });
  await server.query(sql);
}
