import type { Auth, Configuration, SessionAdapter, UserAdapter } from "lucia-auth";
import type { StoreAdapter } from "../adapter/store.js";

/** Lucia's instance, whatever its configuration. */
export type AnyAuth = Auth<Configuration>;

/** What Lucia keeps to itself and the mends have to know. */
export interface MendContext {
  /** The adapter that Lucia works with. */
  readonly adapter: UserAdapter & SessionAdapter;
  /** Our adapter, unless an official one is used instead. */
  readonly store: StoreAdapter | undefined;
  /** Whether sessions are kept outside of the database. */
  readonly sessionsElsewhere: boolean;
  /** How passwords are hashed and checked. */
  readonly hash: Required<NonNullable<Configuration["hash"]>>;
  /** Whether dead sessions are deleted along the way: Lucia's `autoDatabaseCleanup`. */
  readonly autoDatabaseCleanup: boolean;
}

/**
 * Methods that take the place of Lucia's own.
 *
 * Every method of what `lucia()` returns is a property of the instance, and Lucia calls each one
 * through it. A method that is replaced is therefore honoured by all the others.
 */
export type Mend = (auth: AnyAuth, context: MendContext) => Partial<AnyAuth>;
