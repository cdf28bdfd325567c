import type { Hardening } from "./hardening.js";

/**
 * Lucia writes and cleans up side by side and only then waits: where the write fails while the cleanup is
 * awaited, its rejection belongs to nobody and ends the process, even if the caller caught the error.
 * Here they run one after the other, the cleanup first: should it fail, nothing was written.
 */
export const hardenUpdateUser: Hardening = (auth, { adapter, autoDatabaseCleanup }) => ({
  updateUserAttributes: async (userId, attributes) => {
    if (autoDatabaseCleanup) await auth.deleteDeadUserSessions(userId);
    const user = await adapter.updateUserAttributes(userId, attributes);
    return user ? auth.transformDatabaseUser(user) : await auth.getUser(userId);
  },
});
