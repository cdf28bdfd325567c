import { sessionId, sqlIds } from "./ids.js";
import { usersTimes } from "./numbers.js";
import type { Tables } from "./tables.js";
import { DAY, SEED } from "./world.js";

const COOKIE = '{"originalMaxAge":null,"httpOnly":true,"path":"/"}';

/** What connect-pg-simple has in its `table.sql`. */
export const expressSessionTables: Tables = {
  names: ["session"],
  sessions: "session",
  create: async (_location, { run }) => {
    await run(
      "create table session (sid varchar not null primary key, sess json not null, expire timestamp(6) not null)",
    );
    await run("create index session_expire on session (expire)");
  },
  // Users are the app's own affair.
  fillUsers: async () => {},
  fillSessions: async (admin, { users, sessionsPerUser }, generation) => {
    const { userId, sessionId } = sqlIds(admin);
    const content = admin.concat(`'{"cookie":${COOKIE},"userId":"'`, userId("u.i"), `'"}'`);
    await admin.run(
      `insert into session (sid, sess, expire) select ${sessionId(`(u.i * ${sessionsPerUser} + thing.i)`, generation)}, ` +
        `(${content})::json, ${admin.time(new Date(Date.now() + DAY))} ${usersTimes(users, sessionsPerUser)}`,
    );
  },
  restore: (admin) => admin.run(`delete from session where sid not like '${SEED}%'`),
  credential: sessionId,
};
