import { type KeySchema, LuciaError, type UserAdapter } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import { decodeKey } from "./rows.js";
import type { Statements } from "./statements.js";

type Keys = Pick<
  UserAdapter,
  | "setKey"
  | "getKey"
  | "getKeysByUserId"
  | "updateKeyPassword"
  | "deleteNonPrimaryKey"
  | "deleteKeysByUserId"
>;

/** Lucia's operations on `auth_key`. */
export function keysAdapter(db: Executor, { run }: Statements, spec: DialectSpec): Keys {
  /** Deletes this very key: not one that has taken its place, and false if another call was first. */
  const consume = async (key: KeySchema): Promise<boolean> => {
    const { numAffectedRows } = await run(
      db
        .deleteFrom("auth_key")
        .where("id", "=", key.id)
        .where("expires", key.expires === null ? "is" : "=", key.expires)
        .where("hashed_password", key.hashed_password === null ? "is" : "=", key.hashed_password),
    );
    return numAffectedRows === 1n;
  };

  return {
    getKey: async (keyId, shouldDataBeDeleted) => {
      const { rows } = await run(db.selectFrom("auth_key").selectAll().where("id", "=", keyId));
      const key = rows[0] ? decodeKey(rows[0]) : null;
      if (key && (await shouldDataBeDeleted(key)) && !(await consume(key))) return null;
      return key;
    },

    getKeysByUserId: async (userId) => {
      const { rows } = await run(
        db.selectFrom("auth_key").selectAll().where("user_id", "=", userId),
      );
      return rows.map(decodeKey);
    },

    setKey: async (key) => {
      // Inserted from the row of its user, so that a missing user is found without a foreign key.
      const { numAffectedRows } = await run(
        db
          .insertInto("auth_key")
          .columns(["id", "user_id", "primary_key", "hashed_password", "expires"])
          .expression((eb) =>
            eb
              .selectFrom("auth_user")
              .select([
                eb.val(key.id).as("id"),
                "auth_user.id as user_id",
                eb.val(spec.encodeBoolean(key.primary_key)).as("primary_key"),
                eb.val(key.hashed_password).as("hashed_password"),
                eb.val(key.expires as unknown).as("expires"),
              ])
              .where("auth_user.id", "=", key.user_id),
          ),
        { "auth_key.id": "AUTH_DUPLICATE_KEY_ID" },
      );
      if (numAffectedRows === 0n) throw new LuciaError("AUTH_INVALID_USER_ID");
    },

    updateKeyPassword: async (keyId, hashedPassword) => {
      // Returns nothing, so that Lucia looks whether there is such a key.
      await run(
        db.updateTable("auth_key").set({ hashed_password: hashedPassword }).where("id", "=", keyId),
      );
    },

    deleteNonPrimaryKey: async (keyId) => {
      await run(
        db
          .deleteFrom("auth_key")
          .where("id", "=", keyId)
          .where("primary_key", "=", spec.encodeBoolean(false)),
      );
    },

    deleteKeysByUserId: async (userId) => {
      await run(db.deleteFrom("auth_key").where("user_id", "=", userId));
    },
  };
}
