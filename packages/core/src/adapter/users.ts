import { sql } from "kysely";
import { LuciaError, type UserAdapter } from "lucia-auth";
import { type Attributes, refuseId } from "./attributes.js";
import { forChosenColumns } from "./chosen-columns.js";
import type { AdapterContext } from "./kysely-adapter.js";
import { encodeKey, keyRow, valuesOf } from "./rows.js";
import type { Run, Statements } from "./run-statements.js";

/** Lucia's operations on `auth_user`, and the one that Lucia makes of three steps. */
export interface UsersAdapter
  extends Pick<UserAdapter, "getUser" | "setUser" | "updateUserAttributes" | "deleteUser"> {
  /** Deletes a user with all its keys and sessions, or nothing. */
  readonly deleteUserCascade: (userId: string) => Promise<void>;
}

/** Lucia's operations on `auth_user`. */
export function usersAdapter({ db, spec, prepare, compile, idIs, lockUser, cut }: AdapterContext) {
  // Where the database cannot return a row that it wrote, it is read in the same transaction.
  const returnsRows = db.getExecutor().adapter.supportsReturning;
  const byId = (userId: string) =>
    db.selectFrom("auth_user").selectAll().where(idIs("auth_user.id", userId));
  const selectUser = prepare(byId);
  const selectLocked = prepare((userId: string) =>
    byId(userId).$if(spec.locksRows, (select) => select.forUpdate()),
  );
  const selectKey = prepare((keyId: string) =>
    db.selectFrom("auth_key").select("id").where(idIs("auth_key.id", keyId)),
  );
  const deleteUser = prepare((userId: string) =>
    db.deleteFrom("auth_user").where(idIs("auth_user.id", userId)),
  );
  const deleteOwned = (["auth_session", "auth_key"] as const).map((table) =>
    prepare((userId: string) => db.deleteFrom(table).where(idIs(`${table}.user_id`, userId))),
  );

  // What takes attributes is not prepared: drivers take fewer kinds of values there, and the app chooses them.
  const insertInto = forChosenColumns(compile, (attributes, id: string) => {
    const insert = db.insertInto("auth_user").values({ ...attributes, id });
    return returnsRows ? insert.returningAll() : insert.$castTo<never>();
  });
  const update = forChosenColumns(compile, (attributes, id: string) => {
    const update = db.updateTable("auth_user").set(attributes).where(idIs("auth_user.id", id));
    return returnsRows ? update.returningAll() : update.$castTo<never>();
  });
  const insertKey = prepare((...values: unknown[]) =>
    db.insertInto("auth_key").values(keyRow(values)),
  );

  const insertUser = async (run: Run, userId: string, attributes: Attributes) => {
    const { rows } = await run(insertInto(attributes, userId));
    if (returnsRows) return rows[0];
    await cut.assertStored(run, "auth_user", { id: userId });
    return (await run(selectUser(userId))).rows[0];
  };

  const updateUser = async (run: Run, userId: string, attributes: Attributes) => {
    if (returnsRows) return (await run(update(attributes, userId))).rows[0];
    // With a lock it is read as it is now; without one as it was when the transaction began to read.
    if (!(await run(selectLocked(userId))).rows[0]) return undefined;
    await run(update(attributes, userId));
    return (await run(selectLocked(userId))).rows[0];
  };

  const isKeyTaken = async (run: Run, keyId: string) => {
    const found = await run(selectKey(keyId)).catch(() => undefined);
    return found?.rows[0] !== undefined;
  };

  /** The key first, and the user from it: where the key is taken, neither is stored, without an error. */
  const insertKeyAndUser = forChosenColumns(
    compile,
    (attributes, userId: string, ...key: unknown[]) => {
      const row = Object.entries({ ...attributes, id: userId });
      return db
        .with("new_key", (cte) =>
          cte
            .insertInto("auth_key")
            .values(keyRow(key))
            .onConflict((conflict) => conflict.column("id").doNothing())
            .returning("id"),
        )
        .with("new_user", (cte) =>
          cte
            .insertInto("auth_user")
            .columns(row.map(([column]) => column))
            .expression((eb) =>
              eb
                .selectFrom("new_key")
                .select(row.map(([column, value]) => sql`${value}`.as(column))),
            )
            .returningAll(),
        )
        .selectFrom("new_user")
        .selectAll();
    },
  );

  return ({ run, attempt, atomically }: Statements): UsersAdapter => ({
    getUser: async (userId) => (await run(selectUser(userId))).rows[0] ?? null,

    setUser: async (userId, attributes, key) => {
      refuseId(attributes);
      const keyValues = key ? valuesOf("auth_key", encodeKey(key, spec)) : [];
      if (key && spec.dataModifyingCtes) {
        const insert = insertKeyAndUser(attributes, userId, ...keyValues);
        const { rows } = await attempt(insert);
        if (!rows[0]) throw new LuciaError("AUTH_DUPLICATE_KEY_ID");
        return rows[0];
      }
      if (!key && returnsRows) return await insertUser(attempt, userId, attributes);
      return await atomically(async (run) => {
        if (!key) return await insertUser(run, userId, attributes);
        const user = await insertUser(run, userId, attributes).catch(async (error) => {
          // Whatever else is wrong, a key that is taken is the error, as it is on every database.
          throw (await isKeyTaken(run, key.id)) ? new LuciaError("AUTH_DUPLICATE_KEY_ID") : error;
        });
        await run(insertKey(...keyValues), { "auth_key.id": "AUTH_DUPLICATE_KEY_ID" });
        await cut.assertStored(run, "auth_key", { id: key.id, user_id: userId });
        return user;
      });
    },

    updateUserAttributes: async (userId, attributes) => {
      refuseId(attributes);
      if (Object.values(attributes).every((value) => value === undefined)) return;
      const user = await (returnsRows
        ? updateUser(attempt, userId, attributes)
        : atomically((run) => updateUser(run, userId, attributes)));
      if (!user) throw new LuciaError("AUTH_INVALID_USER_ID");
      return user;
    },

    deleteUser: async (userId) => {
      await attempt(deleteUser(userId));
    },

    deleteUserCascade: async (userId) => {
      await atomically(async (run) => {
        // First the user, so that nobody signs in as somebody who is being deleted.
        if (spec.locksRows) await run(lockUser(userId));
        for (const deleteRows of deleteOwned) await run(deleteRows(userId));
        await run(deleteUser(userId));
      });
    },
  });
}
