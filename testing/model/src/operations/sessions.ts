import { later, operation, refuse } from "../operation.js";
import { findUser, ownedBy, shownUser } from "./find.js";
import { hashOfId, isHash, toEnd } from "./session-ids.js";
import {
  addSession,
  deleteDead,
  findSession,
  isIdle,
  renew,
  shownSession,
} from "./session-rows.js";

/** Calls for sessions. */
export const sessions = {
  /** Also deletes the user's dead sessions. */
  createSession: operation({
    takes: ["user"],
    call: (auth, { user }) => auth.createSession(user),
    promises: (state, { user }, seen) => addSession(state, user, seen),
  }),

  getSession: operation({
    takes: ["session"],
    call: (auth, { session }) => auth.getSession(session),
    promises: (state, { session }) => shownSession(findSession(state, session), session),
  }),

  getSessionUser: operation({
    takes: ["session"],
    call: (auth, { session }) => auth.getSessionUser(session),
    promises: (state, { session }) => {
      const found = findSession(state, session);
      return {
        user: shownUser(findUser(state, found.user_id)),
        session: shownSession(found, session),
      };
    },
  }),

  /** A session that is idle is renewed. */
  validateSession: operation({
    takes: ["session"],
    call: (auth, { session }) => auth.validateSession(session),
    promises: (state, { session }, seen) => {
      const found = findSession(state, session);
      return isIdle(found)
        ? later(() => renew(state, session, found, seen))
        : shownSession(found, session);
    },
  }),

  validateSessionUser: operation({
    takes: ["session"],
    call: (auth, { session }) => auth.validateSessionUser(session),
    promises: (state, { session }, seen) => {
      const found = findSession(state, session);
      const user = shownUser(findUser(state, found.user_id));
      if (!isIdle(found)) return { user, session: shownSession(found, session) };
      return later(() => ({ user, session: renew(state, session, found, seen) }));
    },
  }),

  renewSession: operation({
    takes: ["session"],
    call: (auth, { session }) => auth.renewSession(session),
    promises: (state, { session }, seen) => {
      const found = findSession(state, session);
      return later(() => renew(state, session, found, seen));
    },
  }),

  /** Those that are not dead, by what is stored for their ids. The others are deleted. */
  getAllUserSessions: operation({
    takes: ["user"],
    call: (auth, { user }) => auth.getAllUserSessions(user),
    promises: (state, { user }) => {
      findUser(state, user);
      return later(() => {
        deleteDead(state, user);
        return ownedBy(user, state.sessions).map((row) => shownSession(row, row.id));
      });
    },
  }),

  invalidateSession: operation({
    takes: ["session"],
    call: (auth, { session }) => auth.invalidateSession(session),
    promises: (state, { session }) => {
      const found = toEnd(state, session);
      if (found) state.sessions.delete(found.id);
    },
  }),

  invalidateAllUserSessions: operation({
    takes: ["user"],
    call: (auth, { user }) => auth.invalidateAllUserSessions(user),
    promises: (state, { user }) => {
      for (const { id } of ownedBy(user, state.sessions)) state.sessions.delete(id);
    },
  }),

  deleteDeadUserSessions: operation({
    takes: ["user"],
    call: (auth, { user }) => auth.deleteDeadUserSessions(user),
    promises: (state, { user }) => deleteDead(state, user),
  }),

  /** Turns what was stored before into hashes, of which nobody notices anything. */
  hashStoredSessions: operation({
    takes: [],
    call: (_auth, _given, { hashStoredSessions }) => hashStoredSessions(),
    promises: (state) => {
      if (state.sessionIds === "plain") refuse("ConfigurationError");
      const plain = [...state.sessions.values()].filter(({ id }) => !isHash(id));
      for (const row of plain) {
        state.sessions.delete(row.id);
        state.sessions.set(hashOfId(row.id), { ...row, id: hashOfId(row.id) });
      }
      return { hashed: plain.length };
    },
  }),
};
