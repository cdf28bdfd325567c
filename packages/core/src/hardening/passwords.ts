import { LuciaError } from "lucia-auth";
import { describeInput } from "../describe-value.js";
import { HashedPassword, isPassword } from "../password/hashed-password.js";
import type { Hardening } from "./hardening.js";

/**
 * Lucia takes an empty or missing password for "this key has no password" when it creates a user,
 * and anybody can then sign in to that account with any password. It is refused everywhere instead.
 */
export const hardenPasswords: Hardening = (auth) => {
  const { createUser, createKey, updateKeyPassword } = auth;
  return {
    createUser: async (data) => {
      if (data.primaryKey) assertNewPassword(data.primaryKey.password);
      return await createUser(data);
    },
    createKey: async (userId, key) => {
      assertNewPassword(key.password);
      return await createKey(userId, key);
    },
    updateKeyPassword: async (providerId, providerUserId, password) => {
      assertNewPassword(password);
      return await updateKeyPassword(providerId, providerUserId, password);
    },
  };
};

/** A password that somebody types, or null where a key is meant to have none. */
export function assertPassword(password: unknown): asserts password is string | null {
  if (password !== null && !isPassword(password)) {
    throw new LuciaError(
      "AUTH_INVALID_PASSWORD",
      `The password is ${describeInput(password)}. Expected a string of 1 to 4096 characters or null, or for a ` +
        "new password what `await hashPassword(…)` returns.",
    );
  }
}

function assertNewPassword(password: unknown): void {
  if (!(password instanceof HashedPassword)) assertPassword(password);
}
