import type { Hardening } from "./hardening.js";

/** Lucia deletes a user in three steps; where one fails, a user without any key is left behind. */
export const hardenDeleteUser: Hardening = (_auth, { adapter, ownAdapter, sessionsAre }) =>
  ownAdapter
    ? {
        deleteUser: async (userId) => {
          if (sessionsAre !== "database") await adapter.deleteSessionsByUserId(userId);
          await ownAdapter.deleteUserCascade(userId);
        },
      }
    : {};
