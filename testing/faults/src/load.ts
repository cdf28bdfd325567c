import { setTimeout as wait } from "node:timers/promises";
import { type App, signUp, withNote, writeNote } from "./app.js";
import { Browser } from "./browser.js";
import type { Observer } from "./ledger.js";
import { until } from "./until.js";

/** How soon the next one comes. Without a pause other processes would never see a free SQLite file. */
const PAUSE_MS = 5;

/** Users who sign up, sign in, visit, sign out and leave, several at a time. */
export interface Load {
  /** Resolves when each of the users at a time has come through once more. */
  goOn(): Promise<void>;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** @param names what the users' names begin with */
export function startLoad(app: App, names: string, atOnce: number, observer: Observer): Load {
  const completed = Array.from({ length: atOnce }, () => 0);
  let isStopped = false;

  const work = async (worker: number) => {
    for (let n = 0; !isStopped; n += 1) {
      try {
        await live(app, `${names} ${worker} ${n}`, worker % 2 === 0, observer);
        completed[worker] = (completed[worker] ?? 0) + 1;
      } catch (error) {
        observer.fail(error);
      }
      await wait(PAUSE_MS);
    }
  };
  const ended = Promise.all(completed.map((_, worker) => work(worker)));

  return {
    goOn: async () => {
      const before = [...completed];
      await until("all go on", () => completed.every((count, n) => count > (before[n] ?? 0)));
    },
    stop: async () => {
      isStopped = true;
      await ended;
    },
  };
}

/** The life of a user. Those without a note leave in the end. */
async function live(app: App, name: string, hasNote: boolean, told: Observer): Promise<void> {
  const { auth, transaction } = app;
  const username = hasNote ? withNote(name) : name;
  const { userId } = hasNote
    ? await transaction(async (scope) => {
        const user = await signUp(scope, username);
        await writeNote(scope, username);
        return user;
      })
    : await signUp(app, username);
  told.note("there", `user ${username}`);

  const { sessionId } = await auth.createSession(userId);
  told.note("there", `session ${sessionId}`);
  await new Browser(auth, username, sessionId).visit();

  const { sessionId: other } = await auth.createSession(userId);
  told.note("unknown", `session ${other}`);
  await auth.invalidateSession(other);
  told.note("gone", `session ${other}`);

  if (hasNote) return;
  const all = [`user ${username}`, `session ${sessionId}`];
  for (const thing of all) told.note("unknown", thing);
  await auth.deleteUser(userId);
  for (const thing of all) told.note("gone", thing);
}
