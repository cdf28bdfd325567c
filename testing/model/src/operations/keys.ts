import { later, operation, refuse } from "../operation.js";
import type { KeyRow } from "../state.js";
import { findKey, findUser, keyIdOf, ownedBy, PROVIDER, partsOf } from "./find.js";
import { stored, toGive } from "./passwords.js";

const hasExpired = ({ expires }: KeyRow) => expires !== null && expires < Date.now();

/** A key as Lucia returns it. */
function shown(row: KeyRow) {
  const facts = {
    ...partsOf(row.id.replace(`${PROVIDER}:`, "")),
    userId: row.user_id,
    passwordDefined: row.hashed_password !== null,
  };
  if (row.expires === null) return { ...facts, type: "persistent", primary: row.primary_key };
  const expiresAt = new Date(row.expires);
  return { ...facts, type: "single_use", expiresAt, expired: hasExpired(row) };
}

/** Calls for keys. */
export const keys = {
  createKey: operation({
    takes: ["user", "key", "password", "ahead", "expiresIn"],
    call: async (auth, { user, key, expiresIn, ...given }) => {
      const data = { ...partsOf(key), password: await toGive(given) };
      return expiresIn === null
        ? auth.createKey(user, { type: "persistent", ...data })
        : auth.createKey(user, { type: "single_use", ...data, expiresIn });
    },
    promises: (state, { user, key, password, expiresIn }, seen) => {
      const hashed_password = stored(password);
      findUser(state, user);
      const id = keyIdOf(key);
      if (state.keys.has(id)) refuse("AUTH_DUPLICATE_KEY_ID");
      const expires = expiresIn === null ? null : seen.timeAfter(expiresIn * 1000, "expiresAt");
      const row = { id, user_id: user, primary_key: false, hashed_password, expires };
      state.keys.set(id, row);
      return shown(row);
    },
  }),

  /** A key for single use is deleted by the one call that may use it, or that finds it expired. */
  useKey: operation({
    takes: ["key", "password"],
    call: (auth, { key, password }) => auth.useKey(PROVIDER, key, password),
    promises: (state, { key, password }) => {
      const hashed = stored(password);
      const found = findKey(state, key);
      if (found.hashed_password !== hashed) refuse("AUTH_INVALID_PASSWORD");
      if (found.expires === null) return shown(found);
      return later(() => {
        // Not one that has taken its place, nor one that has another password by now.
        if (findKey(state, key) !== found) refuse("AUTH_INVALID_KEY_ID");
        state.keys.delete(found.id);
        if (hasExpired(found)) refuse("AUTH_EXPIRED_KEY");
        return shown(found);
      });
    },
  }),

  getKey: operation({
    takes: ["key"],
    call: (auth, { key }) => auth.getKey(PROVIDER, key),
    promises: (state, { key }) => shown(findKey(state, key)),
  }),

  getAllUserKeys: operation({
    takes: ["user"],
    call: (auth, { user }) => auth.getAllUserKeys(user),
    promises: (state, { user }) => {
      findUser(state, user);
      return later(() => ownedBy(user, state.keys).map(shown));
    },
  }),

  updateKeyPassword: operation({
    takes: ["key", "password", "ahead"],
    call: async (auth, { key, ...given }) =>
      auth.updateKeyPassword(PROVIDER, key, await toGive(given)),
    promises: (state, { key, password }) => {
      const hashed_password = stored(password);
      const found = findKey(state, key);
      state.keys.set(found.id, { ...found, hashed_password });
    },
  }),

  /** The key that a user has signed up with stays. */
  deleteKey: operation({
    takes: ["key"],
    call: (auth, { key }) => auth.deleteKey(PROVIDER, key),
    promises: (state, { key }) => {
      const id = keyIdOf(key);
      if (!state.keys.get(id)?.primary_key) state.keys.delete(id);
    },
  }),
};
