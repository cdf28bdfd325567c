import type { Admin, DialectName } from "../dialects/dialect.js";
import type { World } from "./world.js";

/** The tables of a contestant, empty or filled in by the database itself. */
export interface Tables {
  /** Those that refer to others come first. */
  readonly names: readonly string[];
  /** Of the sessions alone, in `names`. */
  readonly sessions: string;
  create(location: string, admin: Admin): Promise<void>;
  /** Fills empty tables: all but sessions. */
  fillUsers(admin: Admin, world: World): Promise<void>;
  /** Fills the empty table of sessions. */
  fillSessions(admin: Admin, world: World, generation: number): Promise<void>;
  /** Adds sessions that have expired, on so many users, one after another. */
  fillExpired?(admin: Admin, users: number, count: number): Promise<void>;
  /** Deletes what was not filled in. */
  restore(admin: Admin): Promise<void>;
  /** What a browser would send of a session. */
  credential(session: number, generation: number, dialect: DialectName): string;
}
