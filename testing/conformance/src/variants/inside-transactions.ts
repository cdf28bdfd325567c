import type { Instance } from "../database.js";
import type { Variant } from "./variant.js";

type Auth = Instance["auth"];

/** The methods of `auth` that ask the database. */
const METHODS: readonly (keyof Auth)[] = [
  "createKey",
  "createSession",
  "createUser",
  "deleteDeadUserSessions",
  "deleteKey",
  "deleteUser",
  "getAllUserKeys",
  "getAllUserSessions",
  "getKey",
  "getSession",
  "getSessionUser",
  "getUser",
  "invalidateAllUserSessions",
  "invalidateSession",
  "renewSession",
  "updateKeyPassword",
  "updateUserAttributes",
  "useKey",
  "validateSession",
  "validateSessionUser",
];

/**
 * Each call of the outer `auth` is made by the `auth` of a transaction of its own, which is committed
 * also where the call fails: what a failed call has left behind would be seen.
 */
export const insideTransactions: Variant = {
  name: "inside transactions",
  insideTransactions: true,
  wrap: (instance) => ({ ...instance, auth: throughTransactions(instance) }),
};

function throughTransactions({ auth, transaction }: Instance): Auth {
  // What a test has put in the place of a method.
  const replaced: Partial<Auth> = {};
  const call = async (method: keyof Auth, args: unknown[]) => {
    let caught: { error: unknown } | undefined;
    const result = await transaction(async (scope) => {
      Object.assign(scope.auth, replaced);
      try {
        return await Reflect.apply(Reflect.get(scope.auth, method), scope.auth, args);
      } catch (error) {
        caught = { error };
      }
    }).catch((error: unknown) => {
      // Where the call has failed, that is why there is nothing to commit.
      caught ??= { error };
    });
    if (caught) throw caught.error;
    return result;
  };
  const calls = Object.fromEntries(
    METHODS.map((method) => [method, (...args: unknown[]) => call(method, args)]),
  );
  return new Proxy(auth, {
    get: (target, name) => Reflect.get(name in calls && !(name in replaced) ? calls : target, name),
    set: (target, name, value) => {
      Reflect.set(replaced, name, value);
      return Reflect.set(target, name, value);
    },
  });
}
