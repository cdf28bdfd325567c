import type { DialectName } from "../dialects/dialect.js";
import { shuffled } from "../measure/shuffled.js";
import { userId, username } from "../tables/ids.js";
import type { Tables } from "../tables/tables.js";
import type { World } from "../tables/world.js";

/** More sessions than these are sampled: their ids alone would fill the memory. */
const MOST = 100_000;

/**
 * The users and sessions that calls are about: in an order that looks random, the same for every
 * contestant and different for each round.
 */
export class Sample {
  readonly size: number;
  readonly #world: World;
  readonly #sessions: readonly number[];
  #credentials: readonly string[] = [];
  #position = 0;
  #names = 0;

  constructor(world: World) {
    this.#world = world;
    this.#sessions = shuffled(world.users * world.sessionsPerUser).slice(0, MOST);
    this.size = this.#sessions.length;
  }

  /** Sessions of another generation have other ids. */
  credentialsOf(tables: Tables, generation: number, dialect: DialectName): void {
    this.#credentials = this.#sessions.map((session) =>
      tables.credential(session, generation, dialect),
    );
  }

  /** Begins somewhere else in the order. */
  beginRound(round: number): void {
    this.#position = (round * 7919) % this.size;
  }

  nextCredential(): string {
    return this.#credentials[this.#next()] ?? "";
  }

  /** The user of each session, in their order: with one session each, all before any comes again. */
  nextUserId(): string {
    return userId(this.#nextUser());
  }

  nextUsername(): string {
    return username(this.#nextUser());
  }

  /** A name that nobody has. */
  newUsername(): string {
    this.#names += 1;
    return `new${this.#names}`;
  }

  /** Whose session the next one is. */
  userIdOfNext(): string {
    return userId(this.#userAt(this.#position));
  }

  #nextUser(): number {
    return this.#userAt(this.#next());
  }

  #userAt(position: number): number {
    const session = this.#sessions[position] ?? 0;
    return Math.floor(session / this.#world.sessionsPerUser);
  }

  #next(): number {
    const position = this.#position;
    this.#position = position + 1 < this.size ? position + 1 : 0;
    return position;
  }
}
