import { sessionId, sqlIds } from "./ids.js";
import { eachUser, usersTimes } from "./numbers.js";
import type { Tables } from "./tables.js";
import { DAY, SEED } from "./world.js";

export const LUCIA3_NAMES = { user: "person", session: "person_session" } as const;

/** Less than half of its 30 days is left of a session that is due for renewal. */
const LEFT = { idle: 10 * DAY, active: 30 * DAY };

/** Lucia 3, as its documentation has them, with an index on the user. */
export const lucia3Tables: Tables = {
  names: ["person_session", "person"],
  sessions: "person_session",
  create: async (_location, { run, idType, timeType, name }) => {
    await run(
      `create table person (id ${idType} not null primary key, username ${idType} not null unique)`,
    );
    // SQLite's adapter keeps seconds.
    const expires = name === "sqlite" ? "integer" : timeType;
    await run(
      `create table person_session (id ${idType} not null primary key, expires_at ${expires} not null, ` +
        `user_id ${idType} not null, foreign key (user_id) references person (id))`,
    );
    await run("create index person_session_user_id on person_session (user_id)");
  },
  fillUsers: async (admin, { users }) => {
    const { userId, username } = sqlIds(admin);
    await admin.run(
      `insert into person (id, username) select ${userId("u.i")}, ${username("u.i")} ${eachUser(users)}`,
    );
  },
  fillSessions: async (admin, { users, sessionsPerUser, idle }, generation) => {
    const { userId, sessionId } = sqlIds(admin);
    const expires = new Date(Date.now() + (idle ? LEFT.idle : LEFT.active));
    const value =
      admin.name === "sqlite" ? Math.floor(expires.getTime() / 1000) : admin.time(expires);
    await admin.run(
      "insert into person_session (id, expires_at, user_id) " +
        `select ${sessionId(`(u.i * ${sessionsPerUser} + thing.i)`, generation)}, ${value}, ` +
        `${userId("u.i")} ${usersTimes(users, sessionsPerUser)}`,
    );
  },
  restore: (admin) => admin.run(`delete from person_session where id not like '${SEED}%'`),
  credential: sessionId,
};
