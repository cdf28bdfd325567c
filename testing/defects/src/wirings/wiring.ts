import type { IncomingMessage, ServerResponse } from "node:http";
import type { AuthDatabase, KyselyLucia } from "@kysely-lucia/sqlite";
import type { Request, Response } from "express";
import type { Kysely, KyselyPlugin } from "kysely";
import type { Auth, Configuration, Middleware, RequestContext } from "lucia-auth";
import type { NamesOfTypes } from "./declared-types.js";

/** The app's own columns of `auth_user`. */
export interface UserAttributes {
  username: string | null;
}

/** The app's own tables. */
export interface AppTables {
  note: { body: string };
}

type OurAuth = KyselyLucia<
  AuthDatabase<UserAttributes>,
  { userId: string },
  Middleware<[context: RequestContext]>
>["auth"];

/** Ours take passwords that were hashed before as well. */
type WithPassword = "createUser" | "createKey" | "updateKeyPassword";

/** Lucia's instance, as far as it is alike in every wiring. */
type WiredAuth = Omit<OurAuth, WithPassword> & Pick<Auth, WithPassword>;

/** What a scenario may ask for. */
export interface WiringSettings {
  /** Parts of Lucia's configuration. */
  readonly lucia: LuciaSettings;
  /** The pool, or on SQLite the handle. */
  readonly pool: PoolSettings;
  /**
   * The plugins of the app's Kysely. Where they are given, even if there are none, the adapter by hand
   * is one over that Kysely: the official ones go past it, to the pool.
   */
  readonly plugins?: KyselyPlugin[] | undefined;
}

export type LuciaSettings = Pick<Configuration, "generateCustomUserId" | "hash" | "experimental">;

export interface PoolSettings {
  /** How many connections it has at most. Default: the driver's own, which is 10. */
  readonly size?: number;
  /** On MySQL, a pool of `mysql2/promise`, in place of one of `mysql2`. */
  readonly promises?: true;
  /** Hardly waits for locks, so that what `refuse` refuses fails soon. */
  readonly impatient?: true;
  /** On MySQL, connections without its strict mode. */
  readonly lenient?: true;
}

/** What has passed between the app and its database so far; keeps counting. */
export interface Traffic {
  readonly statements: number;
  /** That the database has returned. */
  readonly rows: number;
}

/** What a scenario works with: Kysely and Lucia on one pool, and ways to look at it from outside. */
export interface Wiring extends Probes {
  /** The app's own queries, on the app's own tables: drivers differ in what the auth tables hold. */
  readonly db: Kysely<AppTables>;
  readonly auth: WiredAuth;
  /** The middleware for Express that this wiring's docs tell one to use. */
  readonly express: Middleware<[request: Request, response: Response]>;
  /** The one for Node's own server. */
  readonly node: Middleware<[request: IncomingMessage, response: ServerResponse]>;
  /** What this wiring's docs tell one to declare the auth tables as. */
  readonly declared: NamesOfTypes;
  /** Closes the pool as this wiring's docs tell one to. */
  close(): Promise<void>;
}

/** What is the same in every wiring on a database. */
export interface Probes {
  /**
   * Runs one statement on a connection of its own, so that no code under test answers for itself. In
   * the SQL of any dialect, `?` stands for a parameter.
   */
  sql(statement: string, ...parameters: unknown[]): Promise<readonly Row[]>;
  /**
   * Makes all queries, or writes only, fail in the database itself, until the function that it
   * returns is called. For a pool that is impatient.
   */
  refuse(what: "queries" | "writes"): Promise<() => Promise<void>>;
  /** Whether the pool still holds on to the database. */
  isOpen(): boolean;
  /** Starts to count, in the driver. To be called before the app's first query. */
  countTraffic(): Traffic;
}

/** A row as the driver returns it. */
export type Row = Readonly<Record<string, unknown>>;

/** A way to put Kysely and Lucia on one database. */
export interface WiringSource {
  /** @param location of a database that has the tables: a path or a URL */
  open(location: string, settings: WiringSettings): Promise<Wiring>;
}

/** Kysely as {@link Wiring} has it, where the wiring's own knows the auth tables as well. */
export function onAppTables<DB extends AppTables>(db: Kysely<DB>): Kysely<AppTables> {
  // Kysely lets nobody look at fewer tables.
  return db as unknown as Kysely<AppTables>;
}
