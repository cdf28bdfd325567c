import { LuciaError, type UserAdapter } from "lucia-auth";
import { describeValue } from "../describe-value.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { Statements } from "./statements.js";

/** Lucia's operations on `auth_user`, and the one that Lucia makes of three steps. */
export interface UsersAdapter
  extends Pick<UserAdapter, "getUser" | "setUser" | "updateUserAttributes" | "deleteUser"> {
  /** Deletes a user with all its keys and sessions, or nothing. */
  readonly deleteUserCascade: (userId: string) => Promise<void>;
}

export function usersAdapter(
  db: Executor,
  { run, atomically }: Statements,
  spec: DialectSpec,
): UsersAdapter {
  // Where the database cannot return a row that it wrote, Lucia reads the user with `getUser`.
  const returnsRows = db.getExecutor().adapter.supportsReturning;

  return {
    getUser: async (userId) => {
      const query = db.selectFrom("auth_user").selectAll().where("id", "=", userId);
      const { rows } = await run(query);
      return rows[0] ?? null;
    },

    setUser: async (userId, attributes, key) => {
      refuseId(attributes);
      const insert = db.insertInto("auth_user").values({ ...attributes, id: userId });
      const insertUser = returnsRows ? insert.returningAll() : insert;
      if (key === null) return (await run(insertUser)).rows[0];

      const insertKey = db
        .insertInto("auth_key")
        .values({ ...key, primary_key: spec.encodeBoolean(key.primary_key) });
      return atomically(async (run) => {
        const { rows } = await run(insertUser);
        await run(insertKey, { "auth_key.id": "AUTH_DUPLICATE_KEY_ID" });
        return rows[0];
      });
    },

    updateUserAttributes: async (userId, attributes) => {
      refuseId(attributes);
      if (Object.values(attributes).every((value) => value === undefined)) return;
      const update = db.updateTable("auth_user").set(attributes).where("id", "=", userId);
      const { rows } = await run(returnsRows ? update.returningAll() : update);
      if (returnsRows && rows.length === 0) throw new LuciaError("AUTH_INVALID_USER_ID");
      return rows[0];
    },

    deleteUser: async (userId) => {
      await run(db.deleteFrom("auth_user").where("id", "=", userId));
    },

    deleteUserCascade: async (userId) => {
      await atomically(async (run) => {
        await run(db.deleteFrom("auth_session").where("user_id", "=", userId));
        await run(db.deleteFrom("auth_key").where("user_id", "=", userId));
        await run(db.deleteFrom("auth_user").where("id", "=", userId));
      });
    },
  };
}

/** A form spread into the attributes must not choose or change who a user is. */
function refuseId(attributes: unknown): void {
  if (typeof attributes !== "object" || attributes === null) {
    throw new TypeError(
      `The user attributes are ${describeValue(attributes)}. Expected an object of columns of auth_user.`,
    );
  }
  // Databases do not tell ID from id.
  if (Object.keys(attributes).some((column) => column.toLowerCase() === "id")) {
    throw new TypeError(
      "The user attributes contain `id`. Expected the columns of auth_user without it: a user's id " +
        "is made by Lucia (or by your `generateCustomUserId`) and never changes.",
    );
  }
}
