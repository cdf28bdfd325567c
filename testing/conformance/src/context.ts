import type { DefaultTableNames } from "@kysely-lucia/schema";
import { onTestFinished } from "vitest";
import { type Instance, userColumns } from "./database.js";
import type { Harness, OpenPool, RawDatabase, SuiteOptions, TestDatabase } from "./harness.js";
import { renameIn } from "./variants/other-names.js";
import type { Variant } from "./variants/variant.js";

/** The suite's options as a test gives them: each has a default. */
export interface ContextOptions extends Partial<Omit<SuiteOptions, "lucia">> {
  lucia?: Partial<SuiteOptions["lucia"]>;
  /** True for the hashing that an app gets by default, in place of the suite's quick one. */
  realHash?: boolean;
}

/** A fresh database whose pools are closed, and which is removed, when the test is over. */
export interface ContextDatabase {
  readonly raw: RawDatabase;
  open(options?: ContextOptions): Promise<OpenPool>;
}

/** The code under test on migrated tables, and raw access to the same database. */
export interface Started extends Instance {
  readonly raw: RawDatabase;
}

/** What each test works with. */
export interface Context {
  readonly harness: Harness;
  /** Whether an error is a violated unique constraint on this column, given as `table.column`. */
  violates(error: unknown, column: string): boolean;
  /** Whether the calls of a test have one `auth`, and not each one of a transaction of its own. */
  readonly oneAuth: boolean;
  /** Whether others can write while a call is under way. On SQLite a transaction locks all out. */
  readonly othersCanWrite: boolean;
  /** A fresh database without any table. */
  createDatabase(): Promise<ContextDatabase>;
  /** A fresh database with the auth tables and the table `note`. */
  start(options?: ContextOptions): Promise<Started>;
}

/** What the suite's quick hash makes of a password. */
export const hashOf = (password: string) => `hash of ${password}`;

const quickHash = {
  generate: hashOf,
  validate: (password: string, hash: string) => hash === hashOf(password),
};

function suiteOptions(
  { lucia, realHash, ...options }: ContextOptions,
  { plugins = [], tables, databaseSchema }: Variant,
): SuiteOptions {
  const { kysely } = options;
  return {
    userColumns,
    // The suite's `Database` has the usual names all the same.
    ...(tables && { tables: tables as DefaultTableNames }),
    ...(databaseSchema && { databaseSchema }),
    ...options,
    kysely: { ...kysely, plugins: [...(kysely?.plugins ?? []), ...plugins] },
    lucia: {
      env: "DEV",
      transformDatabaseUser: ({ id, username, nickname }) => ({ userId: id, username, nickname }),
      ...(realHash ? {} : { hash: quickHash }),
      ...lucia,
    },
  };
}

/**
 * Sorts rows, which no database returns in an order of its own, lets the methods be detached, and calls
 * the auth tables by their usual names.
 */
function rawAccess(database: TestDatabase, variant: Variant): RawDatabase {
  const named = (sql: string) => renameIn(sql, variant);
  const usual = (table: string) => (variant.tables ? table.replace(/^my_/, "") : table);
  const inOrder = (left: object, right: object) =>
    JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
  return {
    rows: async (table) => (await database.rows(named(table))).sort(inOrder),
    tables: async () => (await database.tables()).map(usual),
    indexes: (table) => database.indexes(named(table)),
    run: (sql) => database.run(named(sql)),
  };
}

/** Makes what the tests of one dialect work with. */
export function createContext(harness: Harness, variant: Variant): Context {
  const createOn = (database: TestDatabase): ContextDatabase => {
    // After the pools, which are opened later: what was registered last is run first.
    onTestFinished(() => database.destroy());
    return {
      raw: rawAccess(database, variant),
      open: async (options = {}) => {
        const pool = await database.open(suiteOptions(options, variant));
        onTestFinished(() => pool.instance.close());
        return { ...pool, instance: variant.wrap?.(pool.instance) ?? pool.instance };
      },
    };
  };
  const createDatabase = async () => createOn(await harness.createDatabase());

  // What `migrate` is to run is found out once: it looks at the database for longer than all else that most tests do.
  let tables: readonly string[] | undefined;
  const start = async (options: ContextOptions = {}): Promise<Started> => {
    const database = await harness.createDatabase();
    const { raw, open } = createOn(database);
    const { instance } = await open(options);
    if ("foreignKeys" in options || "userColumns" in options) {
      await instance.migrate();
    } else {
      tables ??= (await instance.migrate({ dryRun: true })).sql;
      for (const statement of tables) await database.run(statement);
    }
    await raw.run(
      `create table note (user_id ${harness.idType} not null, body varchar(255) not null, ` +
        "foreign key (user_id) references auth_user (id))",
    );
    return { ...instance, raw };
  };

  const othersCanWrite = !(variant.insideTransactions && harness.poolsPerProcess === 1);
  const violates = (error: unknown, column: string) =>
    harness.isUniqueViolation(error, renameIn(column, { ...variant, databaseSchema: undefined }));
  const oneAuth = !variant.insideTransactions;
  return { harness, violates, oneAuth, othersCanWrite, createDatabase, start };
}
