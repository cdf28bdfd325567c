import { type Key, type KeySchema, LuciaError } from "lucia-auth";
import type { Mend } from "./mend.js";
import { assertPassword } from "./passwords.js";

/**
 * Signing in with a key. With Lucia's own, any password passes for a key that has none stored; here
 * a password that is given has to match.
 *
 * The adapter is asked to delete a single-use key in the same step in which it reads it, once its
 * password was found right: our adapter does, and answers null to whoever came second.
 */
export const mendUseKey: Mend = (_auth, { adapter, hash }) => ({
  useKey: async (providerId, providerUserId, password) => {
    assertPassword(password);
    let checked = false;
    const checkKey = async (key: KeySchema) => {
      checked = true;
      const right =
        password === null || key.hashed_password === null
          ? password === key.hashed_password
          : await hash.validate(password, key.hashed_password);
      if (!right) throw new LuciaError("AUTH_INVALID_PASSWORD");
      return key.expires !== null;
    };

    const key = await adapter.getKey(`${providerId}:${providerUserId}`, checkKey);
    if (!key) throw new LuciaError("AUTH_INVALID_KEY_ID");
    // Official adapters leave the check and the deletion to their caller.
    if (!checked && (await checkKey(key))) await adapter.deleteNonPrimaryKey(key.id);

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
