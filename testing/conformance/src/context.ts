import { onTestFinished } from "vitest";
import { type Instance, userColumns } from "./database.js";
import type { Harness, OpenPool, RawDatabase, SuiteOptions, TestDatabase } from "./harness.js";

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

function suiteOptions({ lucia, realHash, ...options }: ContextOptions): SuiteOptions {
  return {
    userColumns,
    ...options,
    lucia: {
      env: "DEV",
      transformDatabaseUser: ({ id, username, nickname }) => ({ userId: id, username, nickname }),
      ...(realHash ? {} : { hash: quickHash }),
      ...lucia,
    },
  };
}

/** Sorts rows, which no database returns in an order of its own, and lets the methods be detached. */
function rawAccess(database: TestDatabase): RawDatabase {
  const inOrder = (left: object, right: object) =>
    JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
  return {
    rows: async (table) => (await database.rows(table)).sort(inOrder),
    tables: () => database.tables(),
    indexes: (table) => database.indexes(table),
    run: (sql) => database.run(sql),
  };
}

/** Makes what the tests of one dialect work with. */
export function createContext(harness: Harness): Context {
  const createDatabase = async (): Promise<ContextDatabase> => {
    const database = await harness.createDatabase();
    const pools: OpenPool[] = [];
    onTestFinished(async () => {
      await Promise.all(pools.map(({ instance }) => instance.close()));
      await database.destroy();
    });
    return {
      raw: rawAccess(database),
      open: async (options = {}) => {
        const pool = await database.open(suiteOptions(options));
        pools.push(pool);
        return pool;
      },
    };
  };

  const start = async (options: ContextOptions = {}): Promise<Started> => {
    const { raw, open } = await createDatabase();
    const { instance } = await open(options);
    await instance.migrate();
    await raw.run(
      `create table note (user_id ${harness.idType} not null, body varchar(255) not null, ` +
        "foreign key (user_id) references auth_user (id))",
    );
    return { ...instance, raw };
  };

  return { harness, createDatabase, start };
}
