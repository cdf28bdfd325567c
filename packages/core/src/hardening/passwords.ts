import { LuciaError } from "lucia-auth";
import type { Hardening } from "./hardening.js";

/**
 * Lucia takes an empty or missing password for "this key has no password" when it creates a user,
 * and anybody can then sign in to that account with any password. It is refused everywhere instead.
 */
export const hardenPasswords: Hardening = (auth) => {
  const { createUser, createKey, updateKeyPassword } = auth;
  return {
    createUser: async (data) => {
      if (data.primaryKey) assertPassword(data.primaryKey.password);
      return createUser(data);
    },
    createKey: async (userId, key) => {
      assertPassword(key.password);
      return createKey(userId, key);
    },
    updateKeyPassword: async (providerId, providerUserId, password) => {
      assertPassword(password);
      return updateKeyPassword(providerId, providerUserId, password);
    },
  };
};

/**
 * A password is a string of 1 to 4096 characters, or null where a key is meant to have none. What a
 * form or a JSON body may hold beside that, such as an array, is not a password.
 *
 * There is a limit because bringing a string into its NFKC form takes time by the square of its
 * length, during which nothing else runs: 0.7 s for 100 kB of combining marks, 8 ms for 4096.
 */
export function assertPassword(password: unknown): asserts password is string | null {
  if (password === null) return;
  if (typeof password === "string" && password !== "" && password.length <= 4096) return;
  throw new LuciaError("AUTH_INVALID_PASSWORD");
}
