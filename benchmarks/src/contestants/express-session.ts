import connectPgSimple from "connect-pg-simple";
import session, { type SessionData } from "express-session";
import { openPostgres } from "../dialects/postgres.js";
import { expressSessionTables } from "../tables/express-session.js";
import type { Contestant } from "./contestant.js";

/** What express-session does for each request: its store loads the session. */
export const expressSession: Contestant = {
  tables: () => expressSessionTables,
  open: {
    postgres: async ({ location, poolSize }) => {
      const pool = openPostgres(location, poolSize);
      const store = new (connectPgSimple(session))({ pool, pruneSessionInterval: false });
      return {
        validate: (sessionId) =>
          new Promise<SessionData | null | undefined>((resolve, reject) => {
            store.get(sessionId, (error, data) => (error ? reject(error) : resolve(data)));
          }),
        validatedUser: (result) => (result as { userId: string } | null | undefined)?.userId,
        close: async () => {
          store.close();
          await pool.end();
        },
      };
    },
  },
};
