import { createHash } from "node:crypto";
import type { PoolSettings } from "../wirings/wiring.js";
import { count, type Observation, outcomeOf, type Scenario } from "./scenario.js";

/** What no id can be; a form or a cookie may hold any of it. */
const IMPOSSIBLE = {
  Nul: "ada\0",
  Surrogate: "ada\ud800",
  // Longer than a column of Lucia's tables on MySQL, or than an entry of an index on PostgreSQL even
  // if compressed.
  Long: Array.from({ length: 100 }, (_, n) =>
    createHash("sha256").update(`${n}`).digest("hex"),
  ).join(""),
};

/** Ids that cannot be are looked for, and then stored. */
function impossibleIds(
  id: string,
  only: NonNullable<Scenario["only"]>,
  pool: PoolSettings,
): Scenario<Observation> {
  return {
    id,
    only,
    pool,

    run: async (wiring) => {
      const { auth } = wiring;
      const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
      const seen: Record<string, string | number> = {};
      for (const [name, id] of Object.entries(IMPOSSIBLE)) {
        const key = { providerId: "name", providerUserId: id, password: null };
        seen[`useKey${name}`] = await outcomeOf(auth.useKey("name", id, null));
        // Of the length of Lucia's own, where it can be: Lucia refuses others by itself.
        seen[`validateSession${name}`] = await outcomeOf(
          auth.validateSession(id.padStart(40, "a")),
        );
        seen[`getUser${name}`] = await outcomeOf(auth.getUser(id));
        seen[`createKey${name}`] = await creationOf(
          auth.createKey(userId, { type: "persistent", ...key }),
        );
        seen[`createUser${name}`] = await creationOf(
          auth.createUser({ primaryKey: { ...key, providerId: "other" }, attributes: {} }),
        );
      }
      return {
        ...seen,
        useKeyLongAfterwards: await outcomeOf(auth.useKey("name", IMPOSSIBLE.Long, null)),
        // Drivers make one and the same character of every half of a pair.
        signInWithOtherSurrogate: await outcomeOf(auth.useKey("name", "ada\udfff", null)),
        storedKeys: await count(wiring, "auth_key"),
        storedUsers: await count(wiring, "auth_user"),
      };
    },

    holds: (seen) =>
      Object.entries(seen).every(([name, outcome]) =>
        EXPECTED.some(([start, holds]) => name.startsWith(start) && holds(outcome)),
      ),

    inWords: ({ createUserNul, createUserSurrogate, createUserLong }) =>
      pool.lenient
        ? `long without strict mode → ${createUserLong}`
        : `NUL → ${createUserNul}, half a pair → ${createUserSurrogate}, long → ${createUserLong}`,
  };
}

/** The outcome of what is to store something, and whether it was a TypeError. */
async function creationOf(creation: Promise<unknown>): Promise<string> {
  const outcome = await outcomeOf(creation);
  const isTypeError = await creation.then(
    () => false,
    (error: unknown) => error instanceof TypeError,
  );
  return isTypeError ? `TypeError: ${outcome}` : outcome;
}

const EXPECTED: readonly [name: string, holds: (outcome: unknown) => boolean][] = [
  ["useKey", (outcome) => outcome === "AUTH_INVALID_KEY_ID"],
  ["validateSession", (outcome) => outcome === "AUTH_INVALID_SESSION_ID"],
  ["getUser", (outcome) => outcome === "AUTH_INVALID_USER_ID"],
  ["create", (outcome) => /^TypeError: A key's id, .* Nothing was stored\.$/.test(String(outcome))],
  ["signInWithOtherSurrogate", (outcome) => outcome === "AUTH_INVALID_KEY_ID"],
  ["storedKeys", (counted) => counted === 0],
  ["storedUsers", (counted) => counted === 1],
];

export const d22 = [
  impossibleIds(
    "D22a",
    { on: ["postgres", "mysql"], because: "SQLite keeps such ids as they are" },
    {},
  ),
  impossibleIds(
    "D22b",
    { on: ["mysql"], because: "it is about MySQL without its strict mode" },
    { lenient: true },
  ),
];
