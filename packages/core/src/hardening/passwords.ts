import { LuciaError } from "lucia-auth";
import type { Mend } from "./mend.js";

/**
 * Lucia takes an empty or missing password for "this key has no password" when it creates a user,
 * and anybody can then sign in to that account with any password. It is refused everywhere instead.
 */
export const refuseEmptyPasswords: Mend = (auth) => {
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
 * A password is a string of at least one character, or null where a key is meant to have none. What
 * a form or a JSON body may hold beside that, such as an array, is not a password.
 */
export function assertPassword(password: unknown): asserts password is string | null {
  if (password === null || (typeof password === "string" && password !== "")) return;
  throw new LuciaError("AUTH_INVALID_PASSWORD");
}
