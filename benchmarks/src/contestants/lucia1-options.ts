import type { OpenOptions } from "./contestant.js";

const stub = {
  generate: async (password: string) => `stub:${password}`,
  validate: async (password: string, hash: string) => hash === `stub:${password}`,
};

/** The configuration of Lucia 1.x, the same for ours and for the official adapters. */
export function lucia1Options({ realPasswords }: OpenOptions) {
  return {
    env: "PROD",
    transformDatabaseUser: (user: { id: string; username: string }) => ({
      userId: user.id,
      username: user.username,
    }),
    ...(realPasswords ? {} : { hash: stub }),
  } as const;
}
