import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type Database, FOLDER, type Site, startDevelopment } from "./site.js";
import { signedUp, type Visitor } from "./visitor.js";

let folder: string;
let database: Database;
let site: Site;

/** On a copy, as files are edited: within the repository, where Next.js looks for packages. */
beforeAll(async () => {
  const results = path.join(FOLDER, "test-results");
  mkdirSync(results, { recursive: true });
  folder = mkdtempSync(path.join(results, "hot-reload-"));
  for (const name of ["src", "package.json", "tsconfig.json", "next.config.ts"]) {
    cpSync(path.join(FOLDER, name), path.join(folder, name), { recursive: true });
  }
  edit("tsconfig.json", (text) => text.replace("../../", "../../../../"));
  symlinkSync(path.join(FOLDER, "node_modules"), path.join(folder, "node_modules"));
  database = await createDatabase();
  site = await startDevelopment(folder, database);
});

afterAll(async () => {
  await site?.stop();
  await database?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Changes a file of the copy. Returns what puts it back as it was. */
function edit(name: string, change: (text: string) => string): () => void {
  const file = path.join(folder, name);
  const original = readFileSync(file, "utf8");
  const changed = change(original);
  expect(changed).not.toBe(original);
  writeFileSync(file, changed);
  return () => writeFileSync(file, original);
}

/** Of all pools of the site. */
async function countConnections(): Promise<number> {
  const { rows } = await database.client.query(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
  );
  return Number(rows[0].count);
}

/** Asks for a page until it is made of what was written last. */
async function waitFor(visitor: Visitor, page: string, text: string): Promise<void> {
  const whole = async () => {
    const { status, text: html } = await visitor.get(page);
    return `${status} ${html}`;
  };
  await expect.poll(whole, { timeout: 60_000, interval: 100 }).toContain(text);
}

test("edited files are served at once, from the pool that there is", async () => {
  const visitor = await signedUp(site.url, "editor");
  await waitFor(visitor, "/account", "<strong>editor</strong>");
  await waitFor(visitor, "/notes", "Add note");
  const connections = await countConnections();
  expect(connections).toBeGreaterThan(0);

  for (const turn of [1, 2, 3]) {
    const restore = edit("src/auth.ts", (text) =>
      text.replace("({ userId: id, username })", `({ userId: id, username: username + ${turn} })`),
    );
    await waitFor(visitor, "/account", `<strong>editor${turn}</strong>`);
    expect(await countConnections()).toBeLessThanOrEqual(connections);
    restore();
    await waitFor(visitor, "/account", "<strong>editor</strong>");
    expect(await countConnections()).toBeLessThanOrEqual(connections);
  }
  const restore = edit("src/app/notes/page.tsx", (text) =>
    text.replace("<h1>Notes</h1>", "<h1>My notes</h1>"),
  );
  await waitFor(visitor, "/notes", "<h1>My notes</h1>");
  restore();
  await waitFor(visitor, "/notes", "<h1>Notes</h1>");
  expect(await countConnections()).toBeLessThanOrEqual(connections);
}, 300_000);
