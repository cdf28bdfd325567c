import { type Key, type KeySchema, LuciaError } from "lucia-auth";
import type { Hardening } from "./hardening.js";
import { assertPassword } from "./passwords.js";

/**
 * Signing in with a key. With Lucia's own, any password passes for a key that has none stored; here
 * a password that is given has to match.
 *
 * The adapter is asked to delete a single-use key in the same step in which it reads it, once its
 * password was found right: our adapter does, and answers null to whoever came second.
 */
export const hardenUseKey: Hardening = (_auth, { adapter, hash }) => ({
  useKey: async (providerId, providerUserId, password) => {
    assertPassword(password);
    const check = async (key: KeySchema) => {
      const right =
        password === null || key.hashed_password === null
          ? password === key.hashed_password
          : await hash.validate(password, key.hashed_password);
      if (!right) throw new LuciaError("AUTH_INVALID_PASSWORD");
      return key.expires !== null;
    };
    let checked: Promise<boolean> | undefined;
    const checkOnce = (key: KeySchema) => {
      checked ??= check(key);
      return checked;
    };

    const key = await adapter.getKey(`${providerId}:${providerUserId}`, checkOnce);
    if (!key) throw new LuciaError("AUTH_INVALID_KEY_ID");
    // Official adapters ignore the callback.
    const askedByAdapter = checked !== undefined;
    const singleUse = await checkOnce(key);
    if (singleUse && !askedByAdapter) await adapter.deleteNonPrimaryKey(key.id);

    const used = toKey(key);
    if (used.type === "single_use" && used.expired) throw new LuciaError("AUTH_EXPIRED_KEY");
    return used;
  },
});

function toKey(key: KeySchema): Key {
  const separator = key.id.indexOf(":");
  const facts = {
    providerId: key.id.slice(0, separator),
    providerUserId: key.id.slice(separator + 1),
    userId: key.user_id,
    passwordDefined: key.hashed_password !== null,
  };
  if (key.expires === null) return { ...facts, type: "persistent", primary: key.primary_key };
  return {
    ...facts,
    type: "single_use",
    expiresAt: new Date(key.expires),
    expired: Date.now() > key.expires,
  };
}
