import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { rejectionOf } from "@kysely-lucia/conformance";
import { createConnection, createPool, createPoolCluster, type PoolOptions } from "mysql2";
import { createPool as createPromisePool } from "mysql2/promise";
import { expect, inject, onTestFinished, test } from "vitest";
import { ConfigurationError, kyselyLucia } from "../src/index.js";
import { options } from "./support/app.js";
import { createDatabase } from "./support/database.js";

test.each([
  ["nothing", undefined, "`pool` is undefined"],
  ["null", null, "`pool` is null"],
  ["a URL", "mysql://localhost", "`pool` is a string of 17 characters"],
  ["settings", { host: "localhost" }, "`pool` is an object"],
  ["the function that makes one", createPool, "`pool` is the function"],
  ["a pool without promises", { getConnection() {}, end() {} }, "`pool` is an object"],
  ["what cannot be ended", { getConnection() {}, promise() {} }, "`pool` is an object"],
  ["what gives no connection", { promise() {}, end() {} }, "`pool` is an object"],
  ["a cluster", createPoolCluster(), "`pool` is an instance of PoolCluster"],
  ["a pool of another library", { connect() {}, end() {}, query() {} }, "`pool` is an object"],
])("%s in place of a pool is refused", (_title, pool, said) => {
  const build = () => kyselyLucia({ ...options, pool: pool as never });
  expect(build).toThrow(ConfigurationError);
  expect(build).toThrow(said);
  expect(build).toThrow("pool: createPool(url)");
});

test("a single connection in place of a pool is refused", async () => {
  const connection = createConnection(inject("mysqlUrl"));
  await once(connection, "connect");
  onTestFinished(() => connection.destroy());
  const build = () => kyselyLucia({ ...options, pool: connection as never });
  expect(build).toThrow(/`pool` is an instance of Connection.*pool: createPool/);
});

test.each([
  ["mysql2", () => createPool({ host: "127.0.0.1" }).promise()],
  ["mysql2/promise", () => createPromisePool({ host: "127.0.0.1" })],
])("a pool of %s that was ended is refused", async (_, create) => {
  const pool = create();
  await pool.end();
  expect(() => kyselyLucia({ ...options, pool })).toThrow(/pool that was ended.*not ended/);
});

/** What the first call says, and that closing works all the same. */
async function firstCall(settings: PoolOptions): Promise<unknown> {
  const { auth, close } = kyselyLucia({ ...options, pool: createPool(settings) });
  onTestFinished(close);
  return rejectionOf(auth.getUser("ada"));
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("a server that is down is the driver's own error, at the first call", async () => {
  const error = await firstCall({ host: "127.0.0.1", port: await unusedPort() });
  expect(error).toMatchObject({ code: "ECONNREFUSED" });
});

test("a server that does not answer is the driver's own error, within its own time", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const error = await firstCall({ host: "127.0.0.1", port, connectTimeout: 300 });
  expect(error).toMatchObject({ code: "ETIMEDOUT" });
});

test("a wrong password is the driver's own error, and is not repeated in it", async () => {
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  const root = createPool(inject("mysqlUrl")).promise();
  await root.query("create or replace user somebody@'127.0.0.1' identified by 'right'");
  await root.end();
  const { hostname, port, pathname } = new URL(url);
  const error = await firstCall({
    host: hostname,
    port: Number(port),
    user: "somebody",
    password: "a wrong one",
    database: pathname.slice(1),
  });
  expect(error).toMatchObject({ errno: 1045 });
  expect(String(error)).not.toContain("a wrong one");
});

test("a database that does not exist is the driver's own error, at the first call", async () => {
  const url = new URL(inject("mysqlUrl"));
  url.pathname = "there_is_no_such_database";
  expect(await firstCall({ uri: url.href })).toMatchObject({ errno: 1049 });
});

test("without its tables, the first call says that migrate() is missing", async () => {
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  const error = await firstCall({ uri: url });
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toMatch(/auth_user' doesn't exist.*migrate\(\)/);
});

test("without a database, migrate() reports what the server says", async () => {
  const url = new URL(inject("mysqlUrl"));
  url.pathname = "";
  const app = kyselyLucia({ ...options, pool: createPool(url.href) });
  onTestFinished(app.close);
  expect(await rejectionOf(app.migrate())).toMatchObject({ errno: 1046 });
});

test("after close(), calls fail and closing again does nothing", async () => {
  const app = kyselyLucia({ ...options, pool: createPool(inject("mysqlUrl")) });
  await app.close();
  await app.close();
  expect(String(await rejectionOf(app.auth.getUser("ada")))).toMatch(/The database was closed/);
});

test("close() does nothing to a pool that the app has ended itself", async () => {
  const pool = createPool(inject("mysqlUrl"));
  const app = kyselyLucia({ ...options, pool });
  await app.db.selectNoFrom((eb) => eb.lit(1).as("one")).execute();
  await pool.promise().end();
  await app.close();
});
