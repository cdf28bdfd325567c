import { type Given, operation, refuse } from "../operation.js";
import type { Seen } from "../outcome.js";
import type { State, UserRow } from "../state.js";
import { findUser, keyIdOf, ownedBy, partsOf, shownUser } from "./find.js";
import { stored, toGive } from "./passwords.js";
import { deleteDead } from "./session-rows.js";

/** Ids are Lucia's to choose. */
function refuseId(attributes: Given["changes"]): void {
  if ("id" in attributes) refuse("TypeError");
}

/** The column is the app's, and so the error is the driver's. */
function refuseTakenName(state: State, userId: string, username: string | undefined): void {
  for (const user of state.users.values()) {
    if (user.username === username && user.id !== userId) refuse("unique");
  }
}

function add(state: State, { username, nickname }: Given["attributes"], seen: Seen) {
  const id = seen.id("userId");
  refuseTakenName(state, id, username);
  const row: UserRow = { id, username, nickname: nickname ?? null };
  state.users.set(id, row);
  return shownUser(row);
}

/** Calls for users. */
export const users = {
  /** The user and its key, or neither. Where both the key and the name are taken, the key is the error. */
  createUser: operation({
    takes: ["key", "password", "ahead", "attributes"],
    call: async (auth, { key, attributes, ...given }) => {
      const primaryKey = { ...partsOf(key), password: await toGive(given) };
      return auth.createUser({ primaryKey, attributes });
    },
    promises: (state, { key, password, attributes }, seen) => {
      const hashed_password = stored(password);
      refuseId(attributes);
      const id = keyIdOf(key);
      if (state.keys.has(id)) refuse("AUTH_DUPLICATE_KEY_ID");
      const user = add(state, attributes, seen);
      const user_id = user.userId;
      state.keys.set(id, { id, user_id, primary_key: true, hashed_password, expires: null });
      return user;
    },
  }),

  createUserWithoutKey: operation({
    takes: ["attributes"],
    call: (auth, { attributes }) => auth.createUser({ primaryKey: null, attributes }),
    promises: (state, { attributes }, seen) => {
      refuseId(attributes);
      return add(state, attributes, seen);
    },
  }),

  getUser: operation({
    takes: ["user"],
    call: (auth, { user }) => auth.getUser(user),
    promises: (state, { user }) => shownUser(findUser(state, user)),
  }),

  /** Also deletes the user's dead sessions, whatever becomes of the rest. */
  updateUserAttributes: operation({
    takes: ["user", "changes"],
    call: (auth, { user, changes }) => auth.updateUserAttributes(user, changes),
    promises: (state, { user, changes }) => {
      deleteDead(state, user);
      refuseId(changes);
      const changed = { ...findUser(state, user), ...changes };
      refuseTakenName(state, user, changes.username);
      state.users.set(user, changed);
      return shownUser(changed);
    },
  }),

  /** The user with its keys and sessions, or nothing. */
  deleteUser: operation({
    takes: ["user"],
    call: (auth, { user }) => auth.deleteUser(user),
    promises: (state, { user }) => {
      if (state.withNotes.has(user)) refuse("foreign key");
      for (const { id } of ownedBy(user, state.keys)) state.keys.delete(id);
      for (const { id } of ownedBy(user, state.sessions)) state.sessions.delete(id);
      state.users.delete(user);
    },
  }),
};
