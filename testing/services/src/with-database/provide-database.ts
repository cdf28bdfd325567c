import { type DatabaseKind, exampleUrl } from "./settings.js";

/** A database for one command. */
interface Database {
  readonly url: string;
  /** What a person should know of it. */
  readonly notice?: string;
  /** Removes what was made for the command. */
  end(): Promise<void>;
}

/** Servers as the tests have them. Only the one that is asked for is loaded, with its driver. */
const PROVIDERS = {
  postgres: async () => {
    const [{ startPostgres }, { createPostgresDatabase }] = await Promise.all([
      import("../postgres.js"),
      import("../postgres-database.js"),
    ]);
    const ofOthers = process.env["KYSELY_LUCIA_POSTGRES_URL"];
    return { name: "PostgreSQL", start: startPostgres, create: createPostgresDatabase, ofOthers };
  },
  mysql: async () => {
    const [{ startMariadb }, { createMysqlDatabase }] = await Promise.all([
      import("../mariadb.js"),
      import("../mysql-database.js"),
    ]);
    const ofOthers = process.env["KYSELY_LUCIA_MYSQL_URL"];
    return { name: "MariaDB", start: startMariadb, create: createMysqlDatabase, ofOthers };
  },
};

/**
 * The database of the URL, else one on a server that is started for the command, or, where the tests are given a
 * server by a variable, an empty one on that.
 */
export async function provideDatabase(
  kind: DatabaseKind,
  url: string | undefined,
): Promise<Database> {
  if (url) return { url, end: async () => {} };
  const { name, start, create, ofOthers } = await PROVIDERS[kind]();
  const keep = `To keep it, set DATABASE_URL to a database of yours, such as ${exampleUrl(kind)}.`;
  if (ofOthers) {
    const database = await create(ofOthers);
    const notice = `All data is in a new ${name} database and goes with it when this ends. ${keep}`;
    return { url: database.url, notice, end: database.drop };
  }
  const server = await start();
  const notice = `All data is on a ${name} server of its own and goes with it when this ends. ${keep}`;
  return { url: server.url, notice, end: server.stop };
}
