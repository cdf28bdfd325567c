import { once as event } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual } from "node:util";
import type { Contestant, OpenOptions, Running } from "../contestants/contestant.js";
import { administer } from "../dialects/administer.js";
import type { Admin, DialectName } from "../dialects/dialect.js";
import { besideDeleting, heapWhileDeleting } from "../measure/deleting.js";
import { collectGarbage } from "../measure/garbage.js";
import { type RoundOptions, rateOf } from "../measure/rate.js";
import { goSteady, type Steady } from "../measure/steady.js";
import { ensureNumbers } from "../tables/numbers.js";
import type { Tables } from "../tables/tables.js";
import type { World } from "../tables/world.js";
import type { Operation, Work } from "../work/work.js";
import { Sample } from "./sample.js";

/** A contestant on a database of its own. */
export class ContestantAtWork {
  readonly running: Running;
  readonly #admin: Admin;
  readonly #tables: Tables;
  #world: World | undefined;
  #generation = 0;
  #work: Work | undefined;
  #sample: Sample | undefined;
  #operation: Operation | undefined;
  #server: Server | undefined;

  private constructor(admin: Admin, tables: Tables, running: Running) {
    this.running = running;
    this.#admin = admin;
    this.#tables = tables;
  }

  static async open(
    { tables: tablesOf, open }: Contestant,
    dialect: DialectName,
    options: OpenOptions,
  ): Promise<ContestantAtWork> {
    const openOnDialect = open[dialect];
    if (!openOnDialect) throw new Error(`It does not take part on ${dialect}.`);
    const admin = await administer(dialect, options.location);
    const tables = tablesOf(admin);
    await tables.create(options.location, admin);
    return new ContestantAtWork(admin, tables, await openOnDialect(options));
  }

  /** Fills the tables for a piece of work and does it once. False where it is not to be done. */
  async prepare(work: Work, world: World): Promise<boolean> {
    const sample = new Sample(world);
    this.#operation = work.begin(this.running, sample);
    if (!this.#operation) return false;
    this.#work = work;
    this.#sample = sample;
    await this.fill(world);
    sample.credentialsOf(this.#tables, this.#generation, this.#admin.name);
    sample.beginRound(0);
    await this.#operation.check();
    return true;
  }

  /** Makes the tables hold a world and nothing else. */
  async fill(world: World): Promise<void> {
    if (isDeepStrictEqual(world, this.#world) && !world.idle) {
      await this.#tables.restore(this.#admin);
    } else {
      await ensureNumbers(
        this.#admin,
        Math.max(world.users, world.sessionsPerUser, world.notesPerUser),
      );
      await this.#admin.empty(this.#tables.names);
      await this.#tables.fillUsers(this.#admin, world);
      this.#world = world;
      await this.#fillSessions(world);
    }
    await this.#admin.settle(this.#tables.names);
  }

  async #fillSessions(world: World): Promise<void> {
    this.#generation += 1;
    await this.#tables.fillSessions(this.#admin, world, this.#generation);
  }

  /** How often the work is done in a second. */
  async rate(round: number, options: Omit<RoundOptions, "atMost">): Promise<number> {
    const [operation, sample, work] = [this.#operation, this.#sample, this.#work];
    if (!operation || !sample || !work) throw new Error("No work was prepared.");
    await this.#before(work, sample);
    sample.beginRound(round);
    collectGarbage();
    // A session is renewed once.
    const atMost = work.before === "new sessions" ? sample.size : Number.POSITIVE_INFINITY;
    return rateOf(operation.once, { ...options, atMost });
  }

  async #before({ before }: Work, sample: Sample): Promise<void> {
    const [admin, tables, world] = [this.#admin, this.#tables, this.#world];
    if (before === "nothing" || !world) return;
    if (before === "delete what was written") {
      await tables.restore(admin);
    } else {
      await admin.empty([tables.sessions]);
      await this.#fillSessions(world);
      sample.credentialsOf(tables, this.#generation, admin.name);
    }
    await admin.settle(tables.names);
  }

  credentials(count: number): string[] {
    return Array.from({ length: count }, (_, session) =>
      this.#tables.credential(session, this.#generation, this.#admin.name),
    );
  }

  /** Does the work for long. */
  async steady(load: { readonly ms: number; readonly inFlight: number }): Promise<Steady> {
    if (!this.#operation) throw new Error("No work was prepared.");
    return goSteady(this.#operation.once, load);
  }

  /** Adds sessions that have expired to those that are there. */
  async fillExpired(count: number): Promise<void> {
    const { users } = this.#world ?? { users: 1 };
    await ensureNumbers(this.#admin, Math.ceil(count / users));
    await this.#tables.fillExpired?.(this.#admin, users, count);
    await this.#admin.settle(this.#tables.names);
  }

  /** As `rate`, while expired sessions are deleted. */
  rateBesideDeleting(round: number, options: Omit<RoundOptions, "atMost">): Promise<number> {
    return besideDeleting(this.#deleteExpired, () => this.rate(round, options));
  }

  /** Deletes them all, and returns by how many bytes the heap has grown with each. */
  deleteExpired(): Promise<number> {
    return heapWhileDeleting(this.#deleteExpired);
  }

  get #deleteExpired() {
    const { deleteExpired } = this.running;
    if (!deleteExpired) throw new Error("It does not delete what has expired.");
    return deleteExpired;
  }

  /** Serves its Express app on the loopback interface. */
  async listen(world: World): Promise<number | undefined> {
    if (!this.running.express) return undefined;
    await this.fill(world);
    this.#server = this.running.express().listen(0, "127.0.0.1");
    await event(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
    await this.running.close();
    await this.#admin.close();
  }
}
