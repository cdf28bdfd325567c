import type { Instance } from "@kysely-lucia/conformance";
import type { LuciaErrorConstructor } from "lucia-auth";
import type { Seen } from "./outcome.js";
import type { State } from "./state.js";

/** What calls are given. Each takes some of it. */
export interface Given {
  /** The id of a user, who may be there or not. */
  readonly user: string;
  /** The id of a session, which may be there or not. */
  readonly session: string;
  /** What is called `providerUserId`. The provider is always the same. */
  readonly key: string;
  /** Null is for no password, and the empty one is refused. */
  readonly password: string | null;
  /** Whether the password is hashed before it is given to the call. */
  readonly ahead: boolean;
  /** The app's columns of a new user. An `id` among them is refused. */
  readonly attributes: { username: string; nickname?: string; id?: string };
  /** Those of them that are to be changed. */
  readonly changes: Partial<Given["attributes"]>;
  /** Seconds until a key expires, or null for a key that stays. */
  readonly expiresIn: number | null;
}

/** One method of `auth`, or one way of calling it. */
export interface Operation<Takes extends keyof Given = keyof Given> {
  readonly takes: readonly Takes[];
  readonly call: (
    auth: Instance["auth"],
    given: Pick<Given, Takes>,
    instance: Pick<Instance, "hashStoredSessions">,
  ) => Promise<unknown>;
  /**
   * Does to `state` what the call has to do to the tables, and returns what the call has to return, lists
   * in any order. It may {@link refuse}. It is one step, as others see it, unless it says {@link later}.
   */
  readonly promises: (state: State, given: Pick<Given, Takes>, seen: Seen) => unknown;
}

/** Lets TypeScript find out what an operation takes. */
export const operation = <Takes extends keyof Given>(definition: Operation<Takes>) => definition;

type LuciaCode = ConstructorParameters<LuciaErrorConstructor>[0];

/** Thrown by {@link refuse}. */
export class Refusal {
  constructor(readonly refused: string) {}
}

/**
 * The call is refused with this error: Lucia's, the driver's for a violated constraint of the app's, or
 * one that says what is wrong with the arguments. What was done before stays.
 */
export function refuse(
  error: LuciaCode | "unique" | "foreign key" | "TypeError" | "ConfigurationError",
): never {
  throw new Refusal(error);
}

/** Returned by {@link later}. */
export class Later {
  constructor(readonly step: () => unknown) {}
}

/** The call has another step, and others that are made at the same time may come before it. */
export const later = (step: () => unknown) => new Later(step);
