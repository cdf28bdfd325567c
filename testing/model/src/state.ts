import type { SessionIds } from "@kysely-lucia/core";

/** A row of `auth_user`, with the columns of the app's. */
export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly nickname: string | null;
}

/** A row of `auth_key`. One that has `expires` can be used once. */
export interface KeyRow {
  readonly id: string;
  readonly user_id: string;
  readonly primary_key: boolean;
  readonly hashed_password: string | null;
  readonly expires: number | null;
}

/** A row of `auth_session`. */
export interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly active_expires: number;
  readonly idle_expires: number;
}

/** What is stored, each row under its id. Rows are replaced, and never changed. */
export interface State {
  /** How the ids of sessions are stored. */
  readonly sessionIds: SessionIds;
  readonly users: Map<string, UserRow>;
  readonly keys: Map<string, KeyRow>;
  readonly sessions: Map<string, SessionRow>;
  /** The users that rows of the app's refer to. A foreign key keeps them from being deleted. */
  readonly withNotes: Set<string>;
  /** What renewals have returned. It is not stored but remembered, and no rollback undoes it. */
  readonly renewals: Map<string, { readonly sessionId: string }>;
  /** Inside of a transaction, what a rollback leads back to. */
  readonly outside: State | undefined;
}

/** Nothing is stored. */
export const empty = (sessionIds: SessionIds): State => ({
  sessionIds,
  users: new Map(),
  keys: new Map(),
  sessions: new Map(),
  withNotes: new Set(),
  renewals: new Map(),
  outside: undefined,
});

/** The rows of the three tables, each in order of ids. */
export type Rows = ReturnType<typeof rowsOf>;

export const rowsOf = ({ users, keys, sessions }: State) => ({
  users: inOrder([...users.values()]),
  keys: inOrder([...keys.values()]),
  sessions: inOrder([...sessions.values()]),
});

export const inOrder = <Row extends object>(rows: readonly Row[]): object[] =>
  rows.toSorted((left, right) => (idOf(left) < idOf(right) ? -1 : 1));

const idOf = (row: object) => String(Reflect.get(row, "id"));

/** A state of its own. Rows are shared, as they never change. */
export const copy = (state: State): State => ({
  ...state,
  users: new Map(state.users),
  keys: new Map(state.keys),
  sessions: new Map(state.sessions),
  withNotes: new Set(state.withNotes),
  renewals: new Map(state.renewals),
});

/** What transactions, and those inside of them, make of what is stored. */
export const begin = (state: State): State => ({ ...copy(state), outside: state });
export const commit = (state: State): State => ({ ...state, outside: state.outside?.outside });
export const rollback = ({ outside, ...state }: State): State => ({
  ...(outside ?? empty(state.sessionIds)),
  renewals: state.renewals,
});
