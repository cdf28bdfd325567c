import type { AuthDatabase, KyselyLucia } from "@kysely-lucia/sqlite";
import type { Request, Response } from "express";
import type { Kysely } from "kysely";
import type { Configuration, Middleware, RequestContext } from "lucia-auth";

/** The tables of every wiring: Lucia's, and one of the app's own. */
export interface Database extends AuthDatabase<{ username: string | null }> {
  note: { body: string };
}

/** Lucia's instance, alike in every wiring. */
type WiredAuth = KyselyLucia<
  Database,
  { userId: string },
  Middleware<[context: RequestContext]>
>["auth"];

/** The parts of Lucia's configuration that a scenario may ask for. */
export type LuciaSettings = Pick<Configuration, "generateCustomUserId" | "hash">;

/** What a scenario works with: Kysely and Lucia on one pool, and ways to look at it from outside. */
export interface Wiring {
  readonly db: Kysely<Database>;
  readonly auth: WiredAuth;
  /** The middleware for Express that this wiring's docs tell one to use. */
  readonly express: Middleware<[request: Request, response: Response]>;
  /**
   * Reads on a connection of its own, so that no code under test answers for itself. In the SQL of
   * any dialect, `?` stands for a parameter.
   */
  read(sql: string, ...parameters: unknown[]): Promise<readonly Row[]>;
  /**
   * Makes all queries, or writes only, fail in the database itself, until the function that it
   * returns is called.
   */
  refuse(what: "queries" | "writes"): Promise<() => Promise<void>>;
  /** Whether the pool still holds on to the database. */
  isOpen(): boolean;
  /** Closes the pool as this wiring's docs tell one to. */
  close(): Promise<void>;
}

/** A row as the driver returns it. */
export type Row = Readonly<Record<string, unknown>>;

/** A way to put Kysely and Lucia on one database. */
export interface WiringSource {
  readonly name: string;
  /** Creates an empty database with the tables in it. The process of a scenario then opens it. */
  provision(): Promise<Provisioned>;
  open(location: string, settings: LuciaSettings): Promise<Wiring>;
}

/** A database that was made for one run of one scenario. */
export interface Provisioned {
  /** A path or a URL: what `open` takes. */
  readonly location: string;
  remove(): Promise<void>;
}
