import { refuse } from "../operation.js";
import type { KeyRow, State, UserRow } from "../state.js";

export function findUser(state: State, userId: string): UserRow {
  return state.users.get(userId) ?? refuse("AUTH_INVALID_USER_ID");
}

/** A user as `transformDatabaseUser` of the suite makes it of a row. */
export const shownUser = ({ id, username, nickname }: UserRow) => ({
  userId: id,
  username,
  nickname,
});

export function findKey(state: State, key: string): KeyRow {
  return state.keys.get(keyIdOf(key)) ?? refuse("AUTH_INVALID_KEY_ID");
}

export const PROVIDER = "email";

/** A key's id in two parts. */
export const partsOf = (key: string) => ({ providerId: PROVIDER, providerUserId: key });

/** A key's id in the database. */
export const keyIdOf = (key: string) => `${PROVIDER}:${key}`;

/** The rows of a table that belong to a user. */
export const ownedBy = <Row extends { readonly user_id: string }>(
  userId: string,
  table: Map<string, Row>,
): Row[] => [...table.values()].filter((row) => row.user_id === userId);
