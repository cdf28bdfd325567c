import type { DialectName } from "../dialects/dialect.js";
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

/** Fisher and Yates's shuffle with a generator of our own (mulberry32), because `Math.random` has no seed. */
function shuffled(count: number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index);
  let state = 0x9e3779b9;
  for (let last = count - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const other = ((mixed ^ (mixed >>> 14)) >>> 0) % (last + 1);
    const kept = numbers[last] ?? 0;
    numbers[last] = numbers[other] ?? 0;
    numbers[other] = kept;
  }
  return numbers;
}
