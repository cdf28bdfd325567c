import { utimes } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FOLDER, type Site, startDatabase, startDevServer, type TestDatabase } from "./site.js";
import { signedUp } from "./visitor.js";

const FILE = "src/lib/server/auth.ts";

let database: TestDatabase;
let site: Site;

beforeAll(async () => {
  database = await startDatabase();
  site = await startDevServer(database.url);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

async function countConnections(): Promise<unknown> {
  const [row] = await database.run(
    `select count(*) as count from information_schema.processlist
     where db = database() and id <> connection_id()`,
  );
  return row?.["count"];
}

test("a change of the file that makes the pool opens no second one", async () => {
  // One request after another needs one connection.
  const visitor = await signedUp(site.url, "developer");
  expect((await visitor.get("/notes")).status).toBe(200);
  expect(await countConnections()).toBe(1);
  for (const reloads of [1, 2]) {
    await utimes(path.join(FOLDER, FILE), new Date(), new Date());
    await expect
      .poll(() => site.said.stdout.split(`page reload ${FILE}`).length - 1, { timeout: 30_000 })
      .toBe(reloads);
    expect((await visitor.get("/notes")).status).toBe(200);
    expect(await countConnections()).toBe(1);
  }
});
