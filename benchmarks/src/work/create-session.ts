import { type Work, world } from "./work.js";

/** As many sessions as there are users otherwise, so that no table is much larger than the others. */
const SESSIONS_PER_USER = 10;

/** With so many sessions that the user has already. */
export const createSession = (sessionsPerUser: number): Work => ({
  name: `create-session-${sessionsPerUser}`,
  title: `make a session for a user who has ${sessionsPerUser.toLocaleString("en")}`,
  world: (users) =>
    world({
      users: Math.max(
        1,
        Math.floor(Math.min(users, (users * SESSIONS_PER_USER) / sessionsPerUser)),
      ),
      sessionsPerUser,
    }),
  before: "delete what was written",
  begin: ({ createSession }, sample) =>
    createSession && {
      once: () => createSession(sample.nextUserId()),
      check: async () => {
        await createSession(sample.nextUserId());
      },
    },
});
