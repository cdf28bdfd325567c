import { AsyncLocalStorage } from "node:async_hooks";
import type { OpenOptions } from "../contestants/contestant.js";
import { contestants } from "../contestants/index.js";
import type { DialectName } from "../dialects/dialect.js";
import { collectGarbage } from "../measure/garbage.js";
import { type SignIns, signInAtOnce } from "../measure/passwords.js";
import type { Steady } from "../measure/steady.js";
import type { World } from "../tables/world.js";
import { works } from "../work/index.js";
import { ContestantAtWork } from "./contestant-at-work.js";

export interface Load {
  readonly ms: number;
  readonly inFlight: number;
}

// Node 20 takes about a tenth longer for every `await` once a process has used this. Servers do, for tracing; ours
// does in its first transaction, better-auth always. Without it here, the order of the work would
// decide who pays.
new AsyncLocalStorage().run(undefined, () => {});

/** By the databases that they were opened on. */
const atWork = new Map<string, ContestantAtWork>();

function on(database: string): ContestantAtWork {
  const found = atWork.get(database);
  if (!found) throw new Error(`Nothing was opened on ${database}.`);
  return found;
}

/** What the process of a contestant can be asked for. `database` is a name for one that was opened. */
export const functions = {
  open: async (
    database: string,
    contestant: string,
    dialect: DialectName,
    options: OpenOptions,
  ) => {
    const entry = contestants.find(({ name }) => name === contestant);
    if (!entry) throw new Error(`There is no contestant ${contestant}.`);
    const found = await entry.load();
    atWork.set(database, await ContestantAtWork.open(found, dialect, options));
  },
  /** Fills the tables and tries the work. False where the contestant does not do it. */
  prepare: async (database: string, name: string, world: World): Promise<boolean> => {
    const work = works.find((one) => one.name === name);
    if (!work) throw new Error(`There is no work ${name}.`);
    return on(database).prepare(work, world);
  },
  rate: (database: string, round: number, load: Load) => on(database).rate(round, load),
  fillExpired: (database: string, count: number) => on(database).fillExpired(count),
  rateBesideDeleting: (database: string, round: number, load: Load) =>
    on(database).rateBesideDeleting(round, load),
  deleteExpired: (database: string) => on(database).deleteExpired(),
  steady: (database: string, load: Load): Promise<Steady> => on(database).steady(load),
  /** Empties the tables and signs these users up. False where the contestant cannot do it. */
  signUp: async (database: string, usernames: readonly string[], world: World) => {
    const { running } = on(database);
    if (!running.signUp || !running.signIn) return false;
    await on(database).fill(world);
    for (const username of usernames) await running.signUp(username);
    return true;
  },
  signIn: async (database: string, usernames: readonly string[]): Promise<SignIns> => {
    const { signIn } = on(database).running;
    if (!signIn) throw new Error("It cannot sign in.");
    collectGarbage();
    return signInAtOnce(signIn, usernames);
  },
  /** Serves its app, on sessions that are there. Nothing where it has none. */
  listen: (database: string, world: World) => on(database).listen(world),
  credentials: (database: string, count: number) => on(database).credentials(count),
  close: async () => {
    for (const one of atWork.values()) await one.close();
  },
};

export type WorkerFunctions = typeof functions;
