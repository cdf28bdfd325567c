import type { Express } from "express";
import type { DialectName, Facts } from "../dialects/dialect.js";
import type { Tables } from "../tables/tables.js";

/** One of those who are compared. A new one is a file with such an object, and an entry in `index.ts`. */
export interface Contestant {
  readonly tables: (facts: Facts) => Tables;
  /** How it is opened, on the dialects that it takes part on. */
  readonly open: Partial<Record<DialectName, Open>>;
}

export interface OpenOptions {
  /** A path or a URL. */
  readonly location: string;
  readonly poolSize: number;
  /** Hash passwords as it does by itself, rather than with a stub. */
  readonly realPasswords: boolean;
}

export type Open = (options: OpenOptions) => Promise<Running>;

/**
 * A contestant at work. What it cannot do is left out. A function is the library's own where that is
 * possible, so that no call of ours is measured with it.
 */
export interface Running {
  /** Takes what a browser sends. Rejects, or resolves to what has no user, for a wrong one. */
  readonly validate?: (credential: string) => Promise<unknown>;
  /** Whose id it is that `validate` has found, if it has. */
  readonly validatedUser?: (result: unknown) => string | undefined;
  /** Whether `validate` also renews sessions that are due for it. */
  readonly renews?: boolean;
  /** Checks the password of `tables/world.ts` and makes a session. Resolves to the user's id. */
  readonly signIn?: (username: string) => Promise<string>;
  /** Writes a user who can sign in with that password. */
  readonly signUp?: (username: string) => Promise<unknown>;
  /** Deletes expired sessions, and tells after each batch how many it has deleted. */
  readonly deleteExpired?: (options: {
    readonly onProgress?: (progress: { readonly sessions: number }) => void;
    readonly signal?: AbortSignal;
  }) => Promise<{ readonly sessions: number }>;
  readonly createSession?: (userId: string) => Promise<unknown>;
  readonly app?: AppQueries;
  /** An app that answers `/` with the id of the user. */
  readonly express?: () => Express;
  close(): Promise<void>;
}

/** Queries of an app, as it sends them. */
export interface AppQueries {
  readonly selectById: (userId: string) => Promise<{ id: string } | undefined>;
  readonly insertNote: (userId: string) => Promise<unknown>;
  readonly joinNotes: (userId: string) => Promise<readonly { username: string }[]>;
}
