import type { ConnectionProvider, DatabaseConnection, Driver } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { OpenedPool } from "../dialect-spec.js";
import { RELEASED } from "../driver.js";
import { withLongStacks } from "../extend-stack.js";
import type { QueryLog } from "../query-log.js";
import { callers, openCallerOn } from "./caller.js";
import { Lease } from "./lease.js";
import { LoggedLease } from "./logged-lease.js";

/**
 * Lends the connections of a driver to Kysely, to one holder at a time. It stands in for what Kysely puts around a
 * driver, which takes twice as many promises for each query.
 */
export class Connections implements ConnectionProvider {
  readonly #driver: Driver;
  readonly #opened: OpenedPool;
  readonly #lend: (connection: DatabaseConnection) => Lease;
  #initialized: Promise<void> | undefined;
  #isReady = false;
  #closed: Promise<void> | undefined;
  #inUse = 0;
  #allReleased = () => {};

  constructor(driver: Driver, opened: OpenedPool, log: QueryLog | undefined) {
    this.#driver = driver;
    this.#opened = opened;
    this.#lend = log
      ? (connection) => new LoggedLease(connection, log)
      : (connection) => new Lease(connection);
  }

  async provideConnection<T>(use: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    refuseInside(this.#opened.pool);
    if (this.#closed) throw new ConfigurationError(CLOSED);
    this.#inUse += 1;
    try {
      if (!this.#isReady) await this.#initialize();
      const lease = this.#lend(await this.#driver.acquireConnection());
      let result: T;
      try {
        result = await use(lease);
      } catch (error) {
        // Why the work has failed is what counts.
        await this.#driver.releaseConnection(lease.giveBack()).catch(() => {});
        throw error;
      }
      const released = this.#driver.releaseConnection(lease.giveBack());
      if (released !== RELEASED) await released;
      return result;
    } finally {
      this.#inUse -= 1;
      if (this.#inUse === 0) this.#allReleased();
    }
  }

  /**
   * Waits for connections that are in use, and for those who wait for one, and closes the pool, which Kysely leaves
   * open where it was never asked anything.
   */
  async close(): Promise<void> {
    refuseInside(this.#opened.pool);
    this.#closed ??= this.#close().catch((error) => {
      this.#closed = undefined;
      throw error;
    });
    await this.#closed;
  }

  /** Again where it has failed: that may pass. */
  async #initialize(): Promise<void> {
    this.#initialized ??= this.#driver.init();
    try {
      await this.#initialized;
      this.#isReady = true;
    } finally {
      if (!this.#isReady) this.#initialized = undefined;
    }
  }

  async #close(): Promise<void> {
    if (this.#inUse > 0) {
      await new Promise<void>((resolve) => {
        this.#allReleased = resolve;
      });
    }
    if (this.#isReady) await this.#driver.destroy();
    await this.#opened.close();
  }
}

/** @throws ConfigurationError inside of a transaction on this pool */
export function refuseInside(pool: unknown, what = "The outer `db`, `auth` or `close`"): void {
  if (!callers.getStore() || !openCallerOn(pool)) return;
  withLongStacks(() => {
    throw new ConfigurationError(
      `${what} was used inside a transaction. Its queries would be outside of the transaction, or wait for the connection ` +
        "that the transaction holds. Inside of `transaction(async ({ db, auth }) => …)` use the `db` and `auth` that it gives " +
        "you. To use `auth` in a transaction that Kysely has begun, `db.transaction()`, take `authOn(trx)`.",
    );
  });
}

const CLOSED =
  "The database was closed: `close()` has been called. Call it last, once nothing is queried any more.";
