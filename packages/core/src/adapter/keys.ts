import { type KeySchema, LuciaError, type UserAdapter } from "lucia-auth";
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
  { run, attempt, atomically }: Statements,
  spec: DialectSpec,
  idIs: IdIs,
  insert: InsertOwned,
): Keys {
  const selectKey = (keyId: string) =>
    db.selectFrom("auth_key").selectAll().where(idIs("auth_key.id", keyId));

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
      const { rows } = await run(selectKey(keyId));
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
      const update = db
        .updateTable("auth_key")
        .set({ hashed_password: hashedPassword })
        .where(idIs("auth_key.id", keyId));
      if ((await attempt(update)).numAffectedRows === 1n) return;
      // There is none, or a row that stays as it is was not counted. Lucia would look only later, and take a key that
      // was created in between for the one that was changed. With a lock it is looked for as of now.
      await atomically(async (run) => {
        const select = selectKey(keyId).$if(spec.locksRows, (query) => query.forUpdate());
        if (!(await run(select)).rows[0]) throw new LuciaError("AUTH_INVALID_KEY_ID");
        await run(update);
      });
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
