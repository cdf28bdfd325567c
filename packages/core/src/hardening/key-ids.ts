import { LuciaError } from "lucia-auth";
import { describeInput } from "../describe-value.js";
import type { Hardening } from "./hardening.js";

/**
 * Lucia makes a key's id of whatever it is given: everybody whose provider id is missing would share
 * the key `github:undefined`. Here both parts have to be strings.
 */
export const hardenKeyIds: Hardening = (auth) => {
  const { createUser, createKey, useKey, getKey, updateKeyPassword, deleteKey } = auth;
  return {
    createUser: async (data) => {
      const { primaryKey } = data;
      if (primaryKey !== null) {
        assertKey(primaryKey);
        assertKeyId(primaryKey.providerId, primaryKey.providerUserId);
      }
      return await createUser(data);
    },
    createKey: async (userId, data) => {
      assertKeyId(data.providerId, data.providerUserId);
      return await createKey(userId, data);
    },
    deleteKey: async (providerId, providerUserId) => {
      assertKeyId(providerId, providerUserId);
      return await deleteKey(providerId, providerUserId);
    },
    useKey: async (providerId, providerUserId, password) => {
      refuseNonStrings(providerId, providerUserId);
      return await useKey(providerId, providerUserId, password);
    },
    getKey: async (providerId, providerUserId) => {
      refuseNonStrings(providerId, providerUserId);
      return await getKey(providerId, providerUserId);
    },
    updateKeyPassword: async (providerId, providerUserId, password) => {
      refuseNonStrings(providerId, providerUserId);
      return await updateKeyPassword(providerId, providerUserId, password);
    },
  };
};

function assertKey(primaryKey: unknown): void {
  if (typeof primaryKey === "object") return;
  throw new TypeError(
    `createUser was given ${describeInput(primaryKey)} as primaryKey. Expected { providerId, providerUserId, ` +
      "password }, or null for a user without a key.",
  );
}

function assertKeyId(...parts: readonly unknown[]): void {
  for (const part of parts) {
    if (typeof part === "string") continue;
    throw new TypeError(
      `A part of a key's id is ${describeInput(part)}. Expected providerId and providerUserId as strings.`,
    );
  }
}

/** There is no key with such an id. */
function refuseNonStrings(...parts: readonly unknown[]): void {
  if (parts.some((part) => typeof part !== "string")) throw new LuciaError("AUTH_INVALID_KEY_ID");
}
