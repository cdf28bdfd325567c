import type { Kysely } from "kysely";
import type { Adapter, KeySchema, SessionSchema, UserSchema } from "lucia-auth";

/** The auth tables, roughly: what is read of them is converted. */
interface Tables {
  auth_user: UserSchema;
  auth_session: SessionSchema;
  auth_key: Omit<KeySchema, "primary_key"> & { primary_key: boolean | number };
}

/**
 * Lucia's adapter as one writes it over the app's own Kysely: nothing in it says that the app has
 * plugins.
 *
 * @param flag what the database keeps a boolean as
 */
export function adapterByHand<DB>(
  appDb: Kysely<DB>,
  flag: (value: boolean) => boolean | number,
): () => Adapter {
  const db = appDb as unknown as Kysely<Tables>;
  const toKey = (row: Tables["auth_key"]): KeySchema => ({
    ...row,
    primary_key: Boolean(row.primary_key),
    expires: row.expires === null ? null : Number(row.expires),
  });
  const toSession = (row: Tables["auth_session"]): SessionSchema => ({
    ...row,
    active_expires: Number(row.active_expires),
    idle_expires: Number(row.idle_expires),
  });

  return () => ({
    getUser: async (id) =>
      (await db.selectFrom("auth_user").selectAll().where("id", "=", id).executeTakeFirst()) ??
      null,
    setUser: async (id, attributes, primaryKey) => {
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto("auth_user")
          .values({ ...attributes, id })
          .execute();
        if (primaryKey) {
          const row = { ...primaryKey, primary_key: flag(true) };
          await trx.insertInto("auth_key").values(row).execute();
        }
      });
    },
    updateUserAttributes: async (id, attributes) => {
      await db.updateTable("auth_user").set(attributes).where("id", "=", id).execute();
    },
    deleteUser: async (id) => {
      await db.deleteFrom("auth_user").where("id", "=", id).execute();
    },

    getKey: async (id) => {
      const row = await db
        .selectFrom("auth_key")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirst();
      return row ? toKey(row) : null;
    },
    getKeysByUserId: async (userId) => {
      const query = db.selectFrom("auth_key").selectAll().where("user_id", "=", userId);
      return (await query.execute()).map(toKey);
    },
    setKey: async (key) => {
      const row = { ...key, primary_key: flag(key.primary_key) };
      await db.insertInto("auth_key").values(row).execute();
    },
    updateKeyPassword: async (id, hashed_password) => {
      await db.updateTable("auth_key").set({ hashed_password }).where("id", "=", id).execute();
    },
    deleteKeysByUserId: async (userId) => {
      await db.deleteFrom("auth_key").where("user_id", "=", userId).execute();
    },
    deleteNonPrimaryKey: async (id) => {
      const query = db.deleteFrom("auth_key").where("id", "=", id);
      await query.where("primary_key", "=", flag(false)).execute();
    },

    getSession: async (id) => {
      const query = db.selectFrom("auth_session").selectAll().where("id", "=", id);
      const row = await query.executeTakeFirst();
      return row ? toSession(row) : null;
    },
    getSessionsByUserId: async (userId) => {
      const query = db.selectFrom("auth_session").selectAll().where("user_id", "=", userId);
      return (await query.execute()).map(toSession);
    },
    setSession: async (session) => {
      await db.insertInto("auth_session").values(toSession(session)).execute();
    },
    deleteSession: async (id) => {
      await db.deleteFrom("auth_session").where("id", "=", id).execute();
    },
    deleteSessionsByUserId: async (userId) => {
      await db.deleteFrom("auth_session").where("user_id", "=", userId).execute();
    },
  });
}
