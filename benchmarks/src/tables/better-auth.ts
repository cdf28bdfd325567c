import { createHmac } from "node:crypto";
import { getMigrations } from "better-auth/db/migration";
import { betterAuthOptions, openBetterAuth, SECRET } from "../contestants/better-auth-options.js";
import { sessionId, sqlIds } from "./ids.js";
import { eachUser, usersTimes } from "./numbers.js";
import type { Tables } from "./tables.js";
import { DAY, SEED, STUBBED_HASH } from "./world.js";

/** A session of 7 days is renewed from its second day on. */
const LEFT = { idle: 5 * DAY, active: 7 * DAY };

/** As better-auth makes them. */
export const betterAuthTables = (quote: (name: string) => string): Tables => {
  const columns = (...names: string[]) => names.map(quote).join(", ");
  const [user, session, account] = [quote("user"), quote("session"), quote("account")];
  return {
    names: [account, session, user],
    sessions: session,
    create: async (location, { name }) => {
      const { database, close } = openBetterAuth[name](location, 1);
      const { runMigrations } = await getMigrations(betterAuthOptions(database));
      await runMigrations();
      await close();
    },
    fillUsers: async (admin, { users }) => {
      const { userId, username } = sqlIds(admin);
      const now = admin.time(new Date());
      await admin.run(
        `insert into ${user} (${columns("id", "name", "email", "emailVerified", "createdAt", "updatedAt")}) ` +
          `select ${userId("u.i")}, ${username("u.i")}, ${admin.concat(username("u.i"), "'@bench.example'")}, ` +
          `${admin.boolean(false)}, ${now}, ${now} ${eachUser(users)}`,
      );
      await admin.run(
        `insert into ${account} (${columns("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")}) ` +
          `select ${userId("u.i")}, ${userId("u.i")}, 'credential', ${userId("u.i")}, '${STUBBED_HASH}', ` +
          `${now}, ${now} ${eachUser(users)}`,
      );
    },
    fillSessions: async (admin, { users, sessionsPerUser, idle }, generation) => {
      const { userId, sessionId } = sqlIds(admin);
      const number = `(u.i * ${sessionsPerUser} + thing.i)`;
      // On MySQL its ids have at most 36 characters, of which those of users take fewer.
      const [id, token] = [userId(number), sessionId(number, generation)];
      const now = admin.time(new Date());
      const expires = admin.time(new Date(Date.now() + (idle ? LEFT.idle : LEFT.active)));
      await admin.run(
        `insert into ${session} (${columns("id", "token", "expiresAt", "createdAt", "updatedAt", "userId")}) ` +
          `select ${id}, ${token}, ${expires}, ${now}, ${now}, ${userId("u.i")} ` +
          usersTimes(users, sessionsPerUser),
      );
    },
    restore: async (admin) => {
      const isNew = (column: string) => `where ${quote(column)} not like '${SEED}%'`;
      await admin.run(`delete from ${session} ${isNew("id")}`);
      await admin.run(`delete from ${account} ${isNew("userId")}`);
      await admin.run(`delete from ${user} ${isNew("id")}`);
    },
    credential: (number, generation) => {
      const token = sessionId(number, generation);
      const signature = createHmac("sha256", SECRET).update(token).digest("base64");
      return `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
    },
  };
};
