import type { Given } from "./operation.js";
import { keyIdOf } from "./operations/find.js";
import { hashOfId } from "./operations/session-ids.js";
import type { State } from "./state.js";

/** What happens to the tables without a call of `auth`: time passes, and the app writes rows of its own. */
export interface RawChange {
  readonly takes: "user" | "session" | "key";
  readonly sql: (given: Given) => string;
  readonly effect: (state: State, given: Given) => void;
}

/** In place of waiting: long ago, and a little later. */
const PAST = 1000;
const LATER = 2000;

/** Under one of these a session is stored. */
const forms = (session: string) => [session, hashOfId(session)];
const isStoredAs = (session: string) => `id in ('${forms(session).join("', '")}')`;

const moveSql = (from: string, to: string) =>
  `update auth_session set id = '${to}' where id = '${from}'`;

const changes = {
  idleSession: {
    takes: "session",
    sql: ({ session }) =>
      `update auth_session set active_expires = ${PAST} where ${isStoredAs(session)}`,
    effect: ({ sessions }, { session }) => {
      for (const id of forms(session)) replace(sessions, id, { active_expires: PAST });
    },
  },
  deadSession: {
    takes: "session",
    sql: ({ session }) =>
      `update auth_session set active_expires = ${PAST}, idle_expires = ${LATER} ` +
      `where ${isStoredAs(session)}`,
    effect: ({ sessions }, { session }) => {
      for (const id of forms(session)) {
        replace(sessions, id, { active_expires: PAST, idle_expires: LATER });
      }
    },
  },
  /** The session was stored by a process that hashes ids not yet, or already. */
  plainSession: {
    takes: "session",
    sql: ({ session }) => moveSql(hashOfId(session), session),
    effect: ({ sessions }, { session }) => move(sessions, hashOfId(session), session),
  },
  hashedSession: {
    takes: "session",
    sql: ({ session }) => moveSql(session, hashOfId(session)),
    effect: ({ sessions }, { session }) => move(sessions, session, hashOfId(session)),
  },
  /** A key that stays has no time at which it expires. */
  expiredKey: {
    takes: "key",
    sql: ({ key }) =>
      `update auth_key set expires = ${PAST} where id = '${keyIdOf(key)}' and expires is not null`,
    effect: ({ keys }, { key }) => {
      const id = keyIdOf(key);
      if (keys.get(id)?.expires) replace(keys, id, { expires: PAST });
    },
  },
  note: {
    takes: "user",
    sql: ({ user }) =>
      `insert into note (user_id, body) select id, 'A note.' from auth_user where id = '${user}'`,
    effect: ({ users, withNotes }, { user }) => {
      if (users.has(user)) withNotes.add(user);
    },
  },
} satisfies Record<string, RawChange>;

export type RawChangeName = keyof typeof changes;
export const rawChanges: Readonly<Record<RawChangeName, RawChange>> = changes;
export const rawChangeNames = Object.keys(changes) as RawChangeName[];

function replace<Row>(table: Map<string, Row>, id: string, columns: Partial<Row>): void {
  const row = table.get(id);
  if (row) table.set(id, { ...row, ...columns });
}

function move(sessions: State["sessions"], from: string, to: string): void {
  const row = sessions.get(from);
  if (row) sessions.set(to, { ...row, id: to });
  sessions.delete(from);
}
