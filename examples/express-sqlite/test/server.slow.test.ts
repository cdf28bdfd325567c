import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSettings } from "../src/settings.js";
import { FOLDER, failToStart, type Site, startSite, temporaryDatabase } from "./site.js";
import { Visitor } from "./visitor.js";

let database: string;
let remove: () => void;
const sites: Site[] = [];

beforeEach(() => {
  ({ database, remove } = temporaryDatabase());
});

afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop("SIGKILL")));
  remove();
});

async function start(): Promise<Site> {
  const site = await startSite(database);
  sites.push(site);
  return site;
}

const portOf = ({ url }: Site) => new URL(url).port;

test.each(["SIGINT", "SIGTERM"] as const)("%s stops it in order", async (signal) => {
  const site = await start();
  await new Visitor(site.url).get("/");
  expect(await site.stop(signal)).toBe(0);
});

test("a port that is in use is named, with a way out", async () => {
  const PORT = portOf(await start());
  const { code, stderr } = await failToStart({ PORT, DATABASE: database });
  expect(code).toBe(1);
  expect(stderr).toBe(
    `Port ${PORT} is in use by another program. Choose another one: PORT=3001 npm start\n`,
  );
});

test("a PORT that is no port is refused", async () => {
  const { code, stderr } = await failToStart({ PORT: "http", DATABASE: database });
  expect(code).toBe(1);
  expect(stderr).toBe('PORT is "http". Expected a number from 0 to 65535, such as 3000.\n');
  for (const PORT of ["-1", "65536", "3000.5", " 80"]) {
    expect(() => readSettings({ PORT })).toThrow(`PORT is "${PORT}".`);
  }
});

test("without an environment: port 3000, and demo.db in the folder of the example", () => {
  const file = path.join(FOLDER, "demo.db");
  expect(readSettings({})).toEqual({ file, port: 3000, env: "DEV" });
});

test("a database that cannot be opened is named", async () => {
  const DATABASE = `${database}/in/a/file`;
  const { code, stderr } = await failToStart({ PORT: "0", DATABASE });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database .* cannot be used\. .*directory does not exist\n$/);
});

test("a file that is no database is named and left as it is", async () => {
  writeFileSync(database, "Dear diary,\n".repeat(100));
  const { code, stderr } = await failToStart({ PORT: "0", DATABASE: database });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database .* cannot be used\. The file .* is not an SQLite database/);
});
