import type { AuthDatabase, KyselyLucia, SchemaFinding } from "@kysely-lucia/sqlite";

const MEMBERS = [
  "db",
  "tables",
  "transaction",
  "checkSchema",
  "migrate",
  "deleteExpired",
  "close",
] as const;

/** What the commands work with: what a factory has returned, of whichever dialect. */
export type App = Pick<KyselyLucia<AuthDatabase<object>>, (typeof MEMBERS)[number]>;

/** Judged by its members: it may come from another copy of the packages. */
export function isApp(value: unknown): value is App {
  return missingMembers(value).length === 0;
}

/** What something lacks to be an app. */
export function missingMembers(value: unknown): string[] {
  return MEMBERS.filter((name) => Object(value)[name] === undefined);
}

/** Whether there is no table of users, whose columns a URL alone does not tell. */
export function isMissingUsers({ code, table }: SchemaFinding, { tables }: App): boolean {
  return code === "missing_table" && table === tables.user;
}

/** An app, and how it was come by. */
export interface OpenedApp {
  readonly app: App;
  /** Whether it knows the columns of the app's own: by a URL alone, nobody does. */
  readonly knowsUserColumns: boolean;
  /** Where it was found, for people: the file, or the URL. */
  readonly place: string;
}
