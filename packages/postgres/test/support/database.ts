import { createPostgresDatabase } from "@kysely-lucia/services";
import { inject } from "vitest";

/** A database of its own on the server for tests. */
export interface TestDatabase {
  readonly connectionString: string;
  readonly drop: () => Promise<void>;
}

/** Creates an empty database. Those who connect to it end their connections before it is dropped. */
export async function createDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createPostgresDatabase(inject("postgresUrl"));
  return { connectionString: url, drop };
}
