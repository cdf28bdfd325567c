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
  const byId = (keyId: string) =>
    db.selectFrom("auth_key").selectAll().where(idIs("auth_key.id", keyId));
  const selectKey = prepare(byId);
  const selectLocked = prepare((keyId: string) =>
    byId(keyId).$if(spec.locksRows, (select) => select.forUpdate()),
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

  return ({ run, attempt, atomically }: Statements, insert: InsertOwned): Keys => {
    /** False if another call was first. */
    const consume = async (key: KeySchema): Promise<boolean> =>
      (await attempt(deleteAsItIs(key))).numAffectedRows === 1n;

    return {
      getKey: async (keyId, shouldDataBeDeleted) => {
        const { rows } = await run(selectKey(keyId));
        const key = rows[0] ? decodeKey(rows[0]) : null;
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
        if (supportsReturning) throw new LuciaError("AUTH_INVALID_KEY_ID");
        if (numAffectedRows === 1n) return;
        // There is none, or a row that stays as it is was not counted. Lucia would look only later, and take a key
        // that was created in between for the one that was changed. With a lock it is looked for as of now.
        return atomically(async (run) => {
          const { rows } = await run(selectLocked(keyId));
          if (!rows[0]) throw new LuciaError("AUTH_INVALID_KEY_ID");
          await run(update);
          return { ...decodeKey(rows[0]), hashed_password: hashedPassword };
        });
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
