import type { OwnServer, TestDatabase } from "@kysely-lucia/services";
import type { OpenApp, PoolKind } from "../apps/open-app.js";
import type { Fault, Moment } from "../fault.js";
import type { ServerScene } from "../server-scene.js";

/** All that the faults have to know about a database server and its driver, and what only that can suffer. */
export interface System {
  readonly faults: readonly Fault<ServerScene>[];
  readonly moments: readonly Moment<ServerScene>[];
  start(): Promise<OwnServer>;
  createDatabase(serverUrl: string): Promise<TestDatabase>;
  /** The code under test on a pool of its own. */
  open(url: string, pool: PoolKind): OpenApp;
  /** A connection past the code under test. */
  connect(url: string): Promise<Beside>;
  /** Ends all connections to the database but this one. */
  terminateOthers(beside: Beside): Promise<void>;
  /** Has a row where a query waits for a lock. */
  readonly waitingSql: string;
  /** Found in what the driver sends, where it ends a transaction, and where it signs somebody up. */
  readonly endsTransaction: RegExp;
  readonly signsUp: RegExp;
}

/** A connection past the code under test. */
export interface Beside {
  /** Runs a statement, and returns the first column of its rows. */
  read(sql: string): Promise<string[]>;
  /** Also where it was lost. */
  end(): Promise<void>;
}

/** The first column of rows. */
export const firstColumn = (rows: readonly object[]) =>
  rows.map((row) => String(Object.values(row)[0]));
