import { betterAuth as createBetterAuth } from "better-auth";
import type { DialectName } from "../dialects/dialect.js";
import { betterAuthTables } from "../tables/better-auth.js";
import { PASSWORD } from "../tables/world.js";
import { betterAuthOptions, openBetterAuth } from "./better-auth-options.js";
import type { Contestant, Open } from "./contestant.js";

const emailOf = (username: string) => `${username}@bench.example`;

const openOn =
  (dialect: DialectName): Open =>
  async ({ location, poolSize }) => {
    const { database, close } = openBetterAuth[dialect](location, poolSize);
    const { api } = createBetterAuth(betterAuthOptions(database));
    return {
      // A framework would hand it headers; they are made here, which is little beside the rest.
      validate: (cookie) => api.getSession({ headers: new Headers({ cookie }) }),
      validatedUser: (result) => (result as { user: { id: string } } | null)?.user.id,
      renews: true,
      signIn: async (username) => {
        const body = { email: emailOf(username), password: PASSWORD };
        return (await api.signInEmail({ body })).user.id;
      },
      signUp: (username) =>
        api.signUpEmail({
          body: { email: emailOf(username), name: username, password: PASSWORD },
        }),
      close,
    };
  };

/** better-auth with the Kysely that is built into it, on the same drivers. */
export const betterAuth: Contestant = {
  tables: ({ quote }) => betterAuthTables(quote),
  open: { sqlite: openOn("sqlite"), postgres: openOn("postgres"), mysql: openOn("mysql") },
};
