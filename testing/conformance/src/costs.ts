import { createHook } from "node:async_hooks";
import { createContext } from "./context.js";
import type { Instance } from "./database.js";
import type { Harness } from "./harness.js";
import { makeIdle, signUp } from "./support/fixtures.js";
import { asItComes } from "./variants/variant.js";

type Auth = Instance["auth"];

/** What an operation is given: of a user with a session, which is idle, and of another one that has nothing. */
interface Given {
  readonly auth: Auth;
  readonly userId: string;
  readonly sessionId: string;
  readonly idleId: string;
  readonly otherId: string;
}

const attributes = (username: string) => ({ username, nickname: null });

/** No longer than the keys that are there: on MySQL, longer ones are looked for once they are stored. */
const reset = { providerId: "mail", providerUserId: "key", password: null } as const;

const OPERATIONS: Readonly<Record<string, (given: Given) => Promise<unknown>>> = {
  validateSession: ({ auth, sessionId }) => auth.validateSession(sessionId),
  validateSessionUser: ({ auth, sessionId }) => auth.validateSessionUser(sessionId),
  "validateSessionUser, idle": ({ auth, idleId }) => auth.validateSessionUser(idleId),
  createSession: ({ auth, userId }) => auth.createSession(userId),
  getAllUserSessions: ({ auth, userId }) => auth.getAllUserSessions(userId),
  invalidateSession: ({ auth, sessionId }) => auth.invalidateSession(sessionId),
  invalidateAllUserSessions: ({ auth, userId }) => auth.invalidateAllUserSessions(userId),
  getUser: ({ auth, userId }) => auth.getUser(userId),
  updateUserAttributes: ({ auth, userId }) => auth.updateUserAttributes(userId, { nickname: "A" }),
  deleteUser: ({ auth, otherId }) => auth.deleteUser(otherId),
  createUser: ({ auth }) =>
    auth.createUser({
      primaryKey: { ...reset, providerId: "post" },
      attributes: attributes("eve"),
    }),
  "createUser, without a key": ({ auth }) =>
    auth.createUser({ primaryKey: null, attributes: attributes("mallory") }),
  useKey: ({ auth }) => auth.useKey("email", "ada", "password of ada"),
  createKey: ({ auth, userId }) =>
    auth.createKey(userId, { ...reset, type: "single_use", expiresIn: 60 }),
  "useKey, single use": ({ auth }) => auth.useKey("mail", "key", null),
  updateKeyPassword: ({ auth }) => auth.updateKeyPassword("email", "ada", "another"),
};

/**
 * How many promises each operation takes, at least: whatever Node.js traces makes each of them dearer, and with
 * them every request.
 */
export async function promisesByOperation(harness: Harness): Promise<Record<string, number>> {
  const { start } = createContext(harness, asItComes);
  const { auth, db } = await start();
  const { userId } = await signUp({ auth }, "ada");
  const { sessionId } = await auth.createSession(userId);
  let users = 0;
  const operations = {
    validateSessionUser: () => auth.validateSessionUser(sessionId),
    createUser: () => {
      users += 1;
      const primaryKey = { ...reset, providerUserId: `k${users % 10}${users}` };
      return auth.createUser({ primaryKey, attributes: attributes(`user ${users}`) });
    },
    "select, through db": () => db.selectFrom("note").selectAll().execute(),
  };
  const found: Record<string, number> = {};
  for (const [name, run] of Object.entries(operations)) {
    const counts: number[] = [];
    for (let call = 0; call < 20; call += 1) counts.push(await promisesOf(run));
    found[name] = Math.min(...counts);
  }
  return found;
}

async function promisesOf(run: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === "PROMISE") count += 1;
    },
  });
  hook.enable();
  await run();
  hook.disable();
  return count;
}

/**
 * What each operation asks of the database: the first words of the statements that it sends, in their order. A
 * count depends on no machine, and whatever makes an operation slower than it has to be shows here.
 */
export async function statementsByOperation(harness: Harness): Promise<Record<string, string>> {
  const { start } = createContext(harness, asItComes);
  let statements: string[] = [];
  const { auth, raw } = await start({
    kysely: { log: ({ query }) => void statements.push(String(query.sql.match(/^\w+/))) },
  });
  const user = await signUp({ auth }, "ada");
  const other = await signUp({ auth }, "bob");
  const session = await auth.createSession(user.userId);
  const idle = await auth.createSession(user.userId);
  await makeIdle(raw, idle);
  const given = {
    auth,
    userId: user.userId,
    sessionId: session.sessionId,
    idleId: idle.sessionId,
    otherId: other.userId,
  };
  const found: Record<string, string> = {};
  for (const [name, run] of Object.entries(OPERATIONS)) {
    statements = [];
    await run(given);
    found[name] = statements.join(" ");
  }
  return found;
}
