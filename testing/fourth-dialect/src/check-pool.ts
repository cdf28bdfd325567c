import { ConfigurationError, describeValue } from "@kysely-lucia/core";
import type { SqliteDatabase } from "kysely";

/** The part of libSQL's `Database` that is used: what Kysely needs, and whether it is open. */
export interface LibsqlDatabase extends SqliteDatabase {
  readonly open: boolean;
}

/** @throws ConfigurationError for what is not an open database */
export function checkPool(database: unknown): LibsqlDatabase {
  if (!isDatabase(database) || !database.open) {
    const given = isDatabase(database) ? "a database that is closed" : describeValue(database);
    throw new ConfigurationError(
      `The option \`database\` is ${given}. ` +
        'Expected an open libSQL database: `database: new Libsql("app.db")`.',
    );
  }
  return database;
}

function isDatabase(value: unknown): value is LibsqlDatabase {
  return (
    typeof value === "object" &&
    value !== null &&
    "open" in value &&
    ["prepare", "close"].every((method) => typeof Reflect.get(value, method) === "function")
  );
}
