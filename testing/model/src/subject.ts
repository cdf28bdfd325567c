import {
  type Harness,
  type Instance,
  type RawDatabase,
  type SuiteOptions,
  type TestDatabase,
  userColumns,
} from "@kysely-lucia/conformance";
import { ConfigurationError, type SessionIds } from "@kysely-lucia/core";
import { LuciaError } from "lucia-auth";
import { shownUser } from "./operations/find.js";
import { hash } from "./operations/passwords.js";
import { unexpected } from "./outcome.js";
import { inOrder } from "./state.js";

export type Auth = Instance["auth"];

/** What sequences of steps are taken on: the code under test, and its database beside it. */
export interface Subject
  extends Pick<Instance, "auth" | "authOn" | "db" | "hashStoredSessions" | "transaction"> {
  readonly raw: RawDatabase;
  /** What the model calls an error. */
  nameOf(error: unknown): string;
}

const options = (sessionIds: SessionIds): SuiteOptions => ({
  userColumns,
  sessionIds,
  lucia: { env: "DEV", hash, transformDatabaseUser: shownUser },
});

/** Creates the tables of auth, and one of the app's. */
export async function createTables(database: TestDatabase, { idType }: Harness): Promise<void> {
  const { instance } = await database.open(options("plain"));
  await instance.migrate();
  await instance.close();
  await database.run(
    `create table note (user_id ${idType} not null, body varchar(255) not null, ` +
      "foreign key (user_id) references auth_user (id))",
  );
}

/** Lets the code under test be used for a while, on tables that are empty. */
export async function withSubject(
  database: TestDatabase,
  harness: Harness,
  sessionIds: SessionIds,
  use: (subject: Subject) => Promise<void>,
): Promise<void> {
  for (const table of ["note", "auth_session", "auth_key", "auth_user"]) {
    await database.run(`delete from ${table}`);
  }
  const { instance } = await database.open(options(sessionIds));
  try {
    await use({ ...instance, raw: database, nameOf: (error) => nameOf(error, harness) });
  } finally {
    await instance.close();
  }
}

function nameOf(error: unknown, harness: Harness): string {
  if (error instanceof LuciaError) return error.message;
  if (error instanceof ConfigurationError) return "ConfigurationError";
  if (error instanceof TypeError) return "TypeError";
  return harness.violation(error) ?? unexpected(error);
}

/** The rows of the three tables, as they were committed. */
export const storedRows = async ({ raw }: Subject) => ({
  users: inOrder(await raw.rows("auth_user")),
  keys: inOrder(await raw.rows("auth_key")),
  sessions: inOrder(await raw.rows("auth_session")),
});
