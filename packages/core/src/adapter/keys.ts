import type { KeySchema, UserAdapter } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { IdIs } from "./ids.js";
import type { InsertOwned } from "./owned-rows.js";
import { decodeKey, encodeKey } from "./rows.js";
import type { Statements } from "./statements.js";

type Keys = Required<
  Pick<
    UserAdapter,
    | "setKey"
    | "getKey"
    | "getKeysByUserId"
    | "updateKeyPassword"
    | "deleteNonPrimaryKey"
    | "deleteKeysByUserId"
  >
>;

/** Lucia's operations on `auth_key`. */
export function keysAdapter(
  db: Executor,
  { run, attempt }: Statements,
  spec: DialectSpec,
  idIs: IdIs,
  insert: InsertOwned,
): Keys {
  /** Deletes this very key: not one that has taken its place, and false if another call was first. */
  const consume = async (key: KeySchema): Promise<boolean> => {
    const { numAffectedRows } = await attempt(
      db
        .deleteFrom("auth_key")
        .where(idIs("auth_key.id", key.id))
        .where("expires", key.expires === null ? "is" : "=", key.expires)
        .where("hashed_password", key.hashed_password === null ? "is" : "=", key.hashed_password),
    );
    return numAffectedRows === 1n;
  };

  return {
    getKey: async (keyId, shouldDataBeDeleted) => {
      const { rows } = await run(
        db.selectFrom("auth_key").selectAll().where(idIs("auth_key.id", keyId)),
      );
      const key = rows[0] ? decodeKey(rows[0]) : null;
      if (key && (await shouldDataBeDeleted(key)) && !(await consume(key))) return null;
      return key;
    },

    getKeysByUserId: async (userId) => {
      const { rows } = await run(
        db.selectFrom("auth_key").selectAll().where(idIs("auth_key.user_id", userId)),
      );
      return rows.map(decodeKey);
    },

    setKey: (key) => insert("auth_key", encodeKey(key, spec)),

    updateKeyPassword: async (keyId, hashedPassword) => {
      // Returns nothing, so that Lucia looks whether there is such a key.
      await attempt(
        db
          .updateTable("auth_key")
          .set({ hashed_password: hashedPassword })
          .where(idIs("auth_key.id", keyId)),
      );
    },

    deleteNonPrimaryKey: async (keyId) => {
      await attempt(
        db
          .deleteFrom("auth_key")
          .where(idIs("auth_key.id", keyId))
          .where("primary_key", "=", spec.encodeBoolean(false)),
      );
    },

    deleteKeysByUserId: async (userId) => {
      await attempt(db.deleteFrom("auth_key").where(idIs("auth_key.user_id", userId)));
    },
  };
}
