import { randomBytes } from "node:crypto";

/** A database of a test's own. */
export interface TestDatabase {
  /** What a driver connects with. */
  readonly url: string;
  /** Removes it with all that is in it, once those who are connected to it have closed. */
  drop(): Promise<void>;
}

/** A name that no other database has. */
export function randomDatabaseName(): string {
  return `kysely_lucia_${randomBytes(8).toString("hex")}`;
}

/** The URL of another database on the same server. */
export function urlOf(name: string, serverUrl: string): string {
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}
