import { type Expression, type SqlBool, sql } from "kysely";
import { LuciaError } from "lucia-auth";
import { describeInput } from "../describe-value.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { KyselyAdapter } from "./kysely-adapter.js";

/** Compares a column, given as `table.column`, with an id, byte by byte. */
export type IdIs = (column: string, id: string) => Expression<SqlBool>;

/** How ids are compared in all auth statements on a dialect. */
export function idComparison({ equalIds }: DialectSpec): IdIs {
  return (column, id) =>
    equalIds?.(sql.ref(column), sql.val(id)) ?? sql<SqlBool>`${sql.ref(column)} = ${id}`;
}

/** What to do about an error: under an id that the database cannot compare with a column there is nothing. */
export function unlessIncomparable<Result>(
  { classifyError }: DialectSpec,
  otherwise: () => Result,
): (error: unknown) => Result {
  return (error) => {
    if (classifyError(error) === "incomparable_text") return otherwise();
    throw error;
  };
}

/** What no id can be: drivers turn lone surrogates into one and the same character, servers refuse NUL. */
const IMPOSSIBLE = /[\0\p{Surrogate}]/u;

const isPossible = (id: unknown): id is string => typeof id === "string" && !IMPOSSIBLE.test(id);

/**
 * Keeps from the database what cannot be an id: from a cookie or a form may come anything. There is
 * nothing to be found under such an id, and nothing can be stored under it.
 */
export function guardIds(adapter: KyselyAdapter, spec: DialectSpec): KyselyAdapter {
  const { maxIdLength = Number.POSITIVE_INFINITY } = spec;

  const fits = (id: string) => id.length <= maxIdLength || [...id].length <= maxIdLength;
  const assertNew = (what: string, id: unknown) => {
    if (isPossible(id) && fits(id)) return;
    const limit = Number.isFinite(maxIdLength) ? `at most ${maxIdLength} characters` : "a string";
    throw new TypeError(
      `${what} is ${describeInput(id)}. Expected ${limit}, without NUL and without halves of ` +
        "surrogate pairs. Nothing was stored.",
    );
  };
  const refuseUser = (): never => {
    throw new LuciaError("AUTH_INVALID_USER_ID");
  };

  /** Asks the database only where there can be something under this id. */
  const byId = <Rest extends unknown[], Result>(
    ask: (id: string, ...rest: Rest) => Promise<Result>,
    otherwise: () => Result,
  ) => {
    const onError = unlessIncomparable(spec, otherwise);
    // Elsewhere there is no need for another promise.
    const compared = spec.textMayBeIncomparable
      ? (id: string, ...rest: Rest) => ask(id, ...rest).catch(onError)
      : ask;
    return (id: string, ...rest: Rest): Promise<Result> =>
      isPossible(id) ? compared(id, ...rest) : Promise.resolve().then(otherwise);
  };

  const storeSession = (store: KyselyAdapter["setSession"]): KyselyAdapter["setSession"] => {
    return async (session) => {
      assertNew("A session's id", session.id);
      return await byId(() => store(session), refuseUser)(session.user_id);
    };
  };

  const nothing = () => {};
  return {
    getUser: byId(adapter.getUser, () => null),
    getKey: byId(adapter.getKey, () => null),
    getKeysByUserId: byId(adapter.getKeysByUserId, () => []),
    getSession: byId(adapter.getSession, () => null),
    getSessionAndUserBySessionId: byId(adapter.getSessionAndUserBySessionId, () => null),
    getSessionsByUserId: byId(adapter.getSessionsByUserId, () => []),
    deleteUser: byId(adapter.deleteUser, nothing),
    deleteUserCascade: byId(adapter.deleteUserCascade, nothing),
    deleteNonPrimaryKey: byId(adapter.deleteNonPrimaryKey, nothing),
    deleteKeysByUserId: byId(adapter.deleteKeysByUserId, nothing),
    deleteSession: byId(adapter.deleteSession, nothing),
    endSession: byId(adapter.endSession, () => false),
    deleteSessionsByUserId: byId(adapter.deleteSessionsByUserId, nothing),
    deleteDeadSessions: byId(adapter.deleteDeadSessions, nothing),
    renewSession: byId(adapter.renewSession, () => false),
    updateKeyPassword: byId(adapter.updateKeyPassword, nothing),

    updateUserAttributes: byId(adapter.updateUserAttributes, refuseUser),
    setUser: async (userId, attributes, key) => {
      assertNew("A user's id", userId);
      if (key) assertNew("A key's id, `providerId:providerUserId`,", key.id);
      return await adapter.setUser(userId, attributes, key);
    },
    setKey: async (key) => {
      assertNew("A key's id, `providerId:providerUserId`,", key.id);
      return await byId(() => adapter.setKey(key), refuseUser)(key.user_id);
    },
    setSession: storeSession(adapter.setSession),
    startSession: storeSession(adapter.startSession),
  };
}
