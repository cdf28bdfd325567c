import { createPostgresDatabase, type TestDatabase } from "@kysely-lucia/services";
import { inject } from "vitest";

/** An empty database on the server for tests. Those who connect to it end that before it is dropped. */
export const createDatabase = (): Promise<TestDatabase> =>
  createPostgresDatabase(inject("postgresUrl"));
