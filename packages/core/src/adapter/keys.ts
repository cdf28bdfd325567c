import { type KeySchema, LuciaError, type UserAdapter } from "lucia-auth";
import type { Tools } from "./kysely-adapter.js";
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
export function keysAdapter({ db, spec, prepare, idIs }: Tools) {
  const selectKey = prepare((keyId: string) =>
    db.selectFrom("auth_key").selectAll().where(idIs("auth_key.id", keyId)),
  );
  const selectKeysOf = prepare((userId: string) =>
    db.selectFrom("auth_key").selectAll().where(idIs("auth_key.user_id", userId)),
  );
  const { supportsReturning } = db.getExecutor().adapter;
  const updatePassword = prepare((keyId: string, hashedPassword: string | null) => {
    const update = db
      .updateTable("auth_key")
      .set({ hashed_password: hashedPassword })
      .where(idIs("auth_key.id", keyId));
    return supportsReturning ? update.returningAll() : update.$castTo<never>();
  });
  const deleteSecondary = prepare((keyId: string) =>
    db
      .deleteFrom("auth_key")
      .where(idIs("auth_key.id", keyId))
      .where("primary_key", "=", spec.encodeBoolean(false)),
  );
  const deleteKeysOf = prepare((userId: string) =>
    db.deleteFrom("auth_key").where(idIs("auth_key.user_id", userId)),
  );
  /** This very key: not one that has taken its place. Built each time, as null is compared in its own way. */
  const deleteAsItIs = ({ id, expires, hashed_password }: KeySchema) =>
    db
      .deleteFrom("auth_key")
      .where(idIs("auth_key.id", id))
      .where("expires", expires === null ? "is" : "=", expires)
      .where("hashed_password", hashed_password === null ? "is" : "=", hashed_password)
      .compile();

  return ({ run, attempt }: Statements, insert: InsertOwned): Keys => {
    const find = async (keyId: string): Promise<KeySchema | null> => {
      const { rows } = await run(selectKey(keyId));
      return rows[0] ? decodeKey(rows[0]) : null;
    };

    /** False if another call was first. */
    const consume = async (key: KeySchema): Promise<boolean> =>
      (await attempt(deleteAsItIs(key))).numAffectedRows === 1n;

    return {
      getKey: async (keyId, shouldDataBeDeleted) => {
        const key = await find(keyId);
        if (key && (await shouldDataBeDeleted(key)) && !(await consume(key))) return null;
        return key;
      },

      getKeysByUserId: async (userId) => (await run(selectKeysOf(userId))).rows.map(decodeKey),

      setKey: (key) => insert("auth_key", encodeKey(key, spec)),

      updateKeyPassword: async (keyId, hashedPassword) => {
        const update = updatePassword(keyId, hashedPassword);
        const { rows, numAffectedRows } = await attempt(update);
        // What is returned spares Lucia from looking.
        if (rows[0]) return decodeKey(rows[0]);
        if (numAffectedRows === 1n) return;
        // There is none, or mysql2 was told not to count a row that stays as it is. Lucia would look only later,
        // and take a key that was created in between for the one that was changed.
        if (!(await find(keyId))) throw new LuciaError("AUTH_INVALID_KEY_ID");
        await attempt(update);
      },

      deleteNonPrimaryKey: async (keyId) => {
        await attempt(deleteSecondary(keyId));
      },

      deleteKeysByUserId: async (userId) => {
        await attempt(deleteKeysOf(userId));
      },
    };
  };
}
