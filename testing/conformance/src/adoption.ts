import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createContext, hashOf } from "./context.js";
import type { Harness, RawDatabase } from "./harness.js";
import { asItComes } from "./variants/variant.js";

/** Tables as a version of Lucia 1.x documents them for a database. */
export interface DocumentedTables {
  readonly name: string;
  /** The statements that make them, with the columns `username` and `nickname` in `auth_user`. */
  readonly create: readonly string[];
  /** The columns of `auth_key` that this version did not have. */
  readonly without?: readonly ("primary_key" | "expires")[];
  /** With the option `foreignKeys: false`. */
  readonly withoutForeignKeys?: true;
}

/** `pnpm test:nightly` takes more. */
const ROWS = Number(process.env["KYSELY_LUCIA_ADOPTED_ROWS"] ?? 1000);
const IN_ONE_STATEMENT = 500;
const AT_ONCE = 20;

/** Users with a key, a password and a session each, in tables that are then adopted. */
export function adoptionTests(harness: Harness, documented: readonly DocumentedTables[]): void {
  const { createDatabase } = createContext(harness, asItComes);

  describe.each(documented)("tables as Lucia 1.x documents them, $name", (tables) => {
    test(`with ${ROWS} rows are adopted: rows, sessions and passwords stay as they are`, async () => {
      const { raw, open } = await createDatabase();
      for (const sql of tables.create) await raw.run(sql);
      await fill(raw, tables);
      const before = await checksums(raw);

      const { instance } = await open({ foreignKeys: !tables.withoutForeignKeys });
      const { auth, checkSchema, migrate } = instance;
      await migrate();
      expect(await checkSchema()).toEqual([]);
      expect(await checksums(raw)).toEqual(before);
      expect(await migrate()).toEqual({ sql: [] });

      for (let first = 0; first < ROWS; first += AT_ONCE) {
        const numbers = Array.from({ length: AT_ONCE }, (_, index) => first + index);
        const users = await Promise.all(
          numbers.map(async (number) => [
            (await auth.validateSession(sessionId(number))).userId,
            (await auth.useKey("email", `name${number}`, `password ${number}`)).userId,
          ]),
        );
        expect(users).toEqual(numbers.map((number) => [userId(number), userId(number)]));
      }
      if (!tables.without?.includes("primary_key")) return;
      const keys = await auth.getAllUserKeys(userId(0));
      expect(keys).toMatchObject([{ primary: true }]);
    }, 120_000);
  });
}

const userId = (number: number) => `user${String(number).padStart(11, "0")}`;
const sessionId = (number: number) => `session${String(number).padStart(33, "0")}`;
const END = 4_000_000_000_000;

async function fill({ run }: RawDatabase, { without = [] }: DocumentedTables): Promise<void> {
  const insert = async (table: string, columns: string, row: (number: number) => string) => {
    for (let first = 0; first < ROWS; first += IN_ONE_STATEMENT) {
      const rows = Array.from(
        { length: IN_ONE_STATEMENT },
        (_, index) => `(${row(first + index)})`,
      );
      await run(`insert into ${table} (${columns}) values ${rows.join(", ")}`);
    }
  };
  const optional = (column: "primary_key" | "expires", text: string) =>
    without.includes(column) ? "" : `, ${text}`;
  await insert("auth_user", "id, username", (number) => `'${userId(number)}', 'name ${number}'`);
  await insert(
    "auth_key",
    `id, user_id, hashed_password${optional("primary_key", "primary_key")}${optional("expires", "expires")}`,
    (number) =>
      `'email:name${number}', '${userId(number)}', '${hashOf(`password ${number}`)}'` +
      `${optional("primary_key", "true")}${optional("expires", "null")}`,
  );
  await insert(
    "auth_session",
    "id, user_id, active_expires, idle_expires",
    (number) => `'${sessionId(number)}', '${userId(number)}', ${END + number}, ${END + number}`,
  );
}

/** Of the rows as they were: columns that are added are left out. */
async function checksums({ rows }: RawDatabase): Promise<Record<string, string>> {
  const columns = {
    auth_user: ["id", "username"],
    auth_key: ["id", "user_id", "hashed_password"],
    auth_session: ["id", "user_id", "active_expires", "idle_expires"],
  };
  const sums: Record<string, string> = {};
  for (const [table, names] of Object.entries(columns)) {
    const hash = createHash("sha256");
    const texts = (await rows(table)).map((row) => JSON.stringify(names.map((name) => row[name])));
    for (const text of texts.sort()) hash.update(`${text}\n`);
    sums[table] = `${texts.length} rows: ${hash.digest("hex")}`;
  }
  return sums;
}
