import { LuciaError } from "lucia-auth";
import { describeValue } from "../describe-value.js";
import type { Hardening } from "./hardening.js";

/**
 * Lucia makes a key's id of whatever it is given: everybody whose provider id is missing would share
 * the key `github:undefined`. Here both parts have to be strings.
 */
export const hardenKeyIds: Hardening = (auth) => {
  const { createUser, createKey, useKey, getKey, updateKeyPassword, deleteKey } = auth;
  return {
    createUser: async (data) => {
      if (data.primaryKey) assertKeyId(data.primaryKey.providerId, data.primaryKey.providerUserId);
      return createUser(data);
    },
    createKey: async (userId, data) => {
      assertKeyId(data.providerId, data.providerUserId);
      return createKey(userId, data);
    },
    deleteKey: async (providerId, providerUserId) => {
      assertKeyId(providerId, providerUserId);
      return deleteKey(providerId, providerUserId);
    },
    useKey: async (providerId, providerUserId, password) => {
      refuseUnknown(providerId, providerUserId);
      return useKey(providerId, providerUserId, password);
    },
    getKey: async (providerId, providerUserId) => {
      refuseUnknown(providerId, providerUserId);
      return getKey(providerId, providerUserId);
    },
    updateKeyPassword: async (providerId, providerUserId, password) => {
      refuseUnknown(providerId, providerUserId);
      return updateKeyPassword(providerId, providerUserId, password);
    },
  };
};

function assertKeyId(...parts: readonly unknown[]): void {
  for (const part of parts) {
    if (typeof part === "string") continue;
    throw new TypeError(
      `A part of a key's id is ${describeValue(part)}. Expected providerId and providerUserId as strings.`,
    );
  }
}

/** There is no key with such an id. */
function refuseUnknown(...parts: readonly unknown[]): void {
  if (parts.some((part) => typeof part !== "string")) throw new LuciaError("AUTH_INVALID_KEY_ID");
}
