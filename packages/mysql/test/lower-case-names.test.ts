import { type OwnServer, startOwnMariadb } from "@kysely-lucia/services";
import { createPool } from "mysql2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options } from "./support/app.js";

// What cannot be set once a server has its data.

let server: OwnServer;

beforeAll(async () => {
  server = await startOwnMariadb(["--lower-case-table-names=1"]);
});

afterAll(() => server.stop());

test("a server that keeps names in lower case has the tables that were asked for in upper case", async () => {
  const tables = { user: "Users", session: "UserSession", key: "UserKey" } as never;
  const pool = createPool(server.url);
  const { checkSchema, close, migrate } = kyselyLucia({ ...options, tables, pool });
  expect((await migrate()).sql).toHaveLength(7);
  expect(await migrate()).toEqual({ sql: [] });
  expect(await checkSchema()).toEqual([]);
  expect((await migrate({ direction: "down" })).sql).toHaveLength(3);
  await close();
});
