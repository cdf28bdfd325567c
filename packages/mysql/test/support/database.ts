import { randomBytes } from "node:crypto";
import { createConnection } from "mysql2/promise";
import { inject } from "vitest";

/** A database of its own on the server for tests. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

export async function createDatabase(): Promise<TestDatabase> {
  const name = `kysely_lucia_${randomBytes(8).toString("hex")}`;
  await onServer(`create database ${name}`);
  const url = new URL(inject("mysqlUrl"));
  url.pathname = name;
  return { url: url.href, drop: () => onServer(`drop database ${name}`) };
}

async function onServer(sql: string): Promise<void> {
  const connection = await createConnection(inject("mysqlUrl"));
  await connection.query(sql);
  await connection.end();
}
