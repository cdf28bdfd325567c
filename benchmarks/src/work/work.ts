import type { Running } from "../contestants/contestant.js";
import type { World } from "../tables/world.js";
import type { Sample } from "../worker/sample.js";

/** A piece of work whose rate is measured. A new one is a file with such an object, and a line in `index.ts`. */
export interface Work {
  /** What `--only` takes. */
  readonly name: string;
  readonly title: string;
  world(users: number): World;
  /** What is put right before each round, outside of the time measured. */
  readonly before: "nothing" | "delete what was written" | "new sessions";
  /** Nothing where the contestant cannot do it. */
  begin(running: Running, sample: Sample): Operation | undefined;
}

export interface Operation {
  /** What is measured. */
  readonly once: () => Promise<unknown>;
  /** Does it once and looks at the result. */
  check(): Promise<void>;
}

const PLAIN: World = { users: 0, sessionsPerUser: 1, idle: false, notesPerUser: 0 };

/** A world that differs from one active session per user in this. */
export function world(different: Partial<World> & Pick<World, "users">): World {
  return { ...PLAIN, ...different };
}

/** @throws Error where a contestant has not done its work */
export function expect(what: string, seen: unknown, expected: unknown): void {
  if (seen !== expected) throw new Error(`${what}: expected ${expected}, saw ${seen}.`);
}
