import { LuciaError } from "lucia-auth";
import type { DialectSpec, Executor } from "../dialect-spec.js";
import { atomically } from "./atomically.js";
import type { RunOn } from "./statement.js";
import type { StoreAdapter } from "./store.js";

type Users = Pick<
  StoreAdapter,
  "getUser" | "setUser" | "updateUserAttributes" | "deleteUser" | "deleteWholeUser"
>;

/** Lucia's operations on `auth_user`, and the sign-up, which writes a user together with its key. */
export function usersAdapter(
  db: Executor,
  runOn: RunOn,
  spec: Pick<DialectSpec<never>, "encodeBoolean">,
): Users {
  const run = runOn(db.getExecutor());
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
      return atomically(db, async (executor) => {
        const { rows } = await runOn(executor)(insertUser);
        await runOn(executor)(insertKey, { "auth_key.id": "AUTH_DUPLICATE_KEY_ID" });
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

    deleteWholeUser: async (userId) => {
      await atomically(db, async (executor) => {
        const run = runOn(executor);
        await run(db.deleteFrom("auth_session").where("user_id", "=", userId));
        await run(db.deleteFrom("auth_key").where("user_id", "=", userId));
        await run(db.deleteFrom("auth_user").where("id", "=", userId));
      });
    },
  };
}

/** A form spread into the attributes must not choose or change who a user is. */
function refuseId(attributes: Record<string, unknown>): void {
  if ("id" in attributes) {
    throw new TypeError(
      "The user attributes contain `id`. Expected the columns of auth_user without it: a user's id " +
        "is made by Lucia (or by your `generateCustomUserId`) and never changes.",
    );
  }
}
