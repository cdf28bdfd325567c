import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import SQLite from "better-sqlite3";
import { expect, test } from "vitest";
import { kyselyLucia, schema } from "../src/index.js";
import { createNotes, type Database, temporaryFolder, userColumns } from "./support/notes-app.js";

const script = fileURLToPath(new URL("./support/sign-ups.ts", import.meta.url));

/** Signs up users in a process of its own, kills it in the middle, and returns who was acknowledged. */
async function signUpUntilKilled(path: string, prefix: string, acknowledgements: number) {
  const child = spawn(
    process.execPath,
    ["--conditions=@kysely-lucia/source", "--import", "tsx", script, path, prefix],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = once(child, "exit");
  const names: string[] = [];
  for await (const name of createInterface(child.stdout)) {
    names.push(name);
    // At a random moment of what follows, not always right after an acknowledgement.
    if (names.length === acknowledgements)
      setTimeout(() => child.kill("SIGKILL"), Math.random() * 5);
  }
  expect(await exited).toEqual([null, "SIGKILL"]);
  return names;
}

function damage(path: string) {
  const database = new SQLite(path);
  const all = (sql: string) => database.prepare(sql).pluck().all();
  const found = {
    integrity: all("pragma integrity_check"),
    usersWithoutKey: all("select id from auth_user where id not in (select user_id from auth_key)"),
    keysWithoutUser: all("select id from auth_key where user_id not in (select id from auth_user)"),
    // The odd workers write a note in the same transaction.
    usersWithoutNote: all(
      `select username from auth_user where (username glob '*-1-*' or username glob '*-3-*')
       and id not in (select user_id from note)`,
    ),
    stored: new Set(all("select username from auth_user")),
  };
  database.close();
  return found;
}

test.each(["delete", "wal"])(
  "kill -9 during sign-ups leaves nothing half written, and loses none (journal mode %s)",
  async (journalMode) => {
    const path = join(temporaryFolder(), "app.db");
    const database = new SQLite(path);
    database.pragma(`journal_mode = ${journalMode}`);
    const { close, db, migrate } = kyselyLucia({
      database,
      schema: schema<Database>(),
      lucia: { env: "DEV" },
      userColumns,
    });
    await migrate();
    await createNotes(db);
    await close();

    const acknowledged: string[] = [];
    for (let round = 0; acknowledged.length < 500; round += 1) {
      const wanted = 1 + Math.floor(Math.random() * 120);
      acknowledged.push(...(await signUpUntilKilled(path, `round${round}`, wanted)));
      const { stored, ...rest } = damage(path);
      expect(rest).toEqual({
        integrity: ["ok"],
        usersWithoutKey: [],
        keysWithoutUser: [],
        usersWithoutNote: [],
      });
      expect(acknowledged.filter((name) => !stored.has(name))).toEqual([]);
    }
  },
);
