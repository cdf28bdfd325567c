import { type KeySchema, LuciaError, type UserAdapter } from "lucia-auth";
import type { AdapterContext } from "./kysely-adapter.js";
import type { InsertOwned } from "./owned-rows.js";
import { decodeKey, encodeKey } from "./rows.js";
import type { Statements } from "./run-statements.js";

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

/** @throws LuciaError where there is none */
function keyIn({ rows }: { rows: Parameters<typeof decodeKey>[0][] }): KeySchema {
  if (!rows[0]) throw new LuciaError("AUTH_INVALID_KEY_ID");
  return decodeKey(rows[0]);
}

/** Lucia's operations on `auth_key`. */
export function keysAdapter({ db, spec, prepare, idIs }: AdapterContext) {
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
  const deleteAsItIs = ({ id, user_id, expires, hashed_password }: KeySchema) =>
    db
      .deleteFrom("auth_key")
      .where(idIs("auth_key.id", id))
      .where(idIs("auth_key.user_id", user_id))
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
        const updated = await attempt(update);
        if (supportsReturning) return keyIn(updated);
        // Looked for with a lock: Lucia would look without, and a transaction may see the database as of before.
        const look = selectLocked(keyId);
        if (updated.numAffectedRows === 1n) return keyIn(await run(look));
        // There is none, or a row that stays as it is was not counted, or one has been created since.
        return await atomically(async (run) => {
          const key = keyIn(await run(look));
          await run(update);
          return { ...key, hashed_password: hashedPassword };
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
