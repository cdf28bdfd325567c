import type { Auth, Configuration } from "lucia-auth";
import type { ChosenAdapter } from "../adapter/choose-adapter.js";
import type { Hash } from "../password/lucias-hash.js";

/** Lucia's instance, whatever its configuration. */
export type AnyAuth = Auth<Configuration>;

/** What Lucia keeps to itself and the hardening has to know. */
export interface HardeningContext extends ChosenAdapter {
  /** How passwords are hashed and checked. */
  readonly hash: Hash;
  /** Whether dead sessions are deleted along the way: Lucia's `autoDatabaseCleanup`. */
  readonly autoDatabaseCleanup: boolean;
}

/**
 * Returns methods that take the place of Lucia's own.
 *
 * Every method of what `lucia()` returns is a property of the instance, and Lucia calls each one
 * through it. A method that is replaced is therefore honoured by all the others.
 */
export type Hardening = (auth: AnyAuth, context: HardeningContext) => Partial<AnyAuth>;
