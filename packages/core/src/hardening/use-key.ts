import { type Key, type KeySchema, LuciaError } from "lucia-auth";
import type { Hardening } from "./hardening.js";
import { assertPassword } from "./passwords.js";

/**
 * Signing in with a key. With Lucia's own, any password passes for a key that has none stored; here
 * a password that is given has to match. And Lucia's answers at once for a key that is not there: how long
 * it takes tells who has an account. Here a password that is given always costs one hash.
 *
 * The adapter is asked to delete a single-use key in the same step in which it reads it, once its
 * password was found right: our adapter does, and answers null to whoever came second.
 */
export const hardenUseKey: Hardening = (_auth, { adapter, hash }) => ({
  useKey: async (providerId, providerUserId, password) => {
    assertPassword(password);
    const matches = async (hashed: string | null): Promise<boolean> => {
      if (password === null) return hashed === null;
      if (hashed !== null) return await hash.validate(password, hashed);
      await hash.generate(password);
      return false;
    };
    const check = async (key: KeySchema) => {
      if (!(await matches(key.hashed_password))) throw new LuciaError("AUTH_INVALID_PASSWORD");
      return key.expires !== null;
    };
    let checked: Promise<boolean> | undefined;
    const checkOnce = (key: KeySchema) => {
      checked ??= check(key);
      return checked;
    };

    const key = await adapter.getKey(`${providerId}:${providerUserId}`, checkOnce);
    // Official adapters ignore the callback.
    const askedByAdapter = checked !== undefined;
    if (!key) {
      if (!askedByAdapter) await matches(null);
      throw new LuciaError("AUTH_INVALID_KEY_ID");
    }
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
