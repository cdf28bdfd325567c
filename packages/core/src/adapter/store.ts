import type { Adapter } from "lucia-auth";

/** Our own adapter: Lucia's interface in full, and what the hardened Lucia needs beyond it. */
export type StoreAdapter = Required<Adapter> & {
  /** Deletes a user with all its keys and sessions, or nothing of it. */
  readonly deleteWholeUser: (userId: string) => Promise<void>;
};
