import { createMysqlDatabase, type TestDatabase } from "@kysely-lucia/services";
import { inject } from "vitest";

/** An empty database on the server for tests. */
export const createDatabase = (): Promise<TestDatabase> => createMysqlDatabase(inject("mysqlUrl"));
