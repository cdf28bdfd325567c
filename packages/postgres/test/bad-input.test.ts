import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import pg from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { type AuthDatabase, ConfigurationError, kyselyLucia, schema } from "../src/index.js";

const options = { schema: schema<AuthDatabase>(), lucia: { env: "DEV" } } as const;

test.each([
  ["nothing", undefined, "`pool` is undefined"],
  ["a URL", "postgres://localhost", "`pool` is a string of 20 characters"],
  ["null", null, "`pool` is null"],
  ["what cannot connect", { ending: false, end() {} }, "`pool` is an object"],
  ["what cannot be ended", { ending: false, connect() {} }, "`pool` is an object"],
  ["a client", new pg.Client(), "`pool` is an instance of Client"],
  ["the class", pg.Pool, "`pool` is the function"],
  ["a pool of another library", { getConnection() {}, end() {} }, "`pool` is an object"],
])("%s in place of a pool is refused", (_title, pool, said) => {
  const build = () => kyselyLucia({ ...options, pool: pool as never });
  expect(build).toThrow(ConfigurationError);
  expect(build).toThrow(said);
  expect(build).toThrow("pool: new pg.Pool({ connectionString: url })");
});

test("a pool that was ended is refused", async () => {
  const pool = new pg.Pool();
  await pool.end();
  expect(() => kyselyLucia({ ...options, pool })).toThrow(/pool that was ended.*not ended/);
});

test("a pool that reads binary is refused", async () => {
  const pool = new pg.Pool({ binary: true } as pg.PoolConfig);
  expect(() => kyselyLucia({ ...options, pool })).toThrow(/`binary: true`.*Leave `binary` out/);
  await pool.end();
});

/** What the first call says, and that closing works all the same. */
async function firstCall(config: pg.PoolConfig): Promise<unknown> {
  const pool = new pg.Pool({ connectionTimeoutMillis: 2000, ...config });
  const { auth, close } = kyselyLucia({ ...options, pool });
  onTestFinished(close);
  return auth.getUser("ada").then(
    () => "no error",
    (error: unknown) => error,
  );
}

test("a server that is down is the driver's own error, at the first call", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  expect(await firstCall({ host: "127.0.0.1", port })).toMatchObject({ code: "ECONNREFUSED" });
});

test("a server that does not answer is the driver's own error, within its own time", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const error = await firstCall({ host: "127.0.0.1", port, connectionTimeoutMillis: 300 });
  expect(String(error)).toMatch(/timeout/);
});

test("a user that does not exist is the driver's own error, at the first call", async () => {
  const url = new URL(inject("postgresUrl"));
  url.username = "there_is_no_such_user";
  expect(await firstCall({ connectionString: url.href })).toMatchObject({
    code: expect.stringMatching(/^28/),
  });
});

test("after close(), calls fail and closing again does nothing", async () => {
  const pool = new pg.Pool({ connectionString: inject("postgresUrl") });
  const app = kyselyLucia({ ...options, pool });
  await app.close();
  await app.close();
  await expect(app.auth.getUser("ada")).rejects.toThrow(/^The database was closed/);
});

test("close() does nothing to a pool that the app has ended itself", async () => {
  const pool = new pg.Pool({ connectionString: inject("postgresUrl") });
  const app = kyselyLucia({ ...options, pool });
  await app.db.selectNoFrom((eb) => eb.lit(1).as("one")).execute();
  await pool.end();
  await app.close();
});

test("a database that does not exist is the driver's own error, at the first call", async () => {
  const url = new URL(inject("postgresUrl"));
  url.pathname = "there_is_no_such_database";
  expect(await firstCall({ connectionString: url.href })).toMatchObject({ code: "3D000" });
});

test("without its tables, the first call says that migrate() is missing", async () => {
  const error = await firstCall({ connectionString: inject("postgresUrl") });
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toMatch(/"auth_user" does not exist.*migrate\(\)/);
});
