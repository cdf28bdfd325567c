import type { AuthDatabase } from "@kysely-lucia/sqlite";
import type { Kysely } from "kysely";
import type { Adapter, KeySchema, SessionSchema } from "lucia-auth";

/**
 * Lucia's adapter as one writes it over the app's own Kysely, types and all: nothing in it says that the
 * app has plugins.
 */
export function adapterByHand(db: Kysely<AuthDatabase>): () => Adapter {
  const toKey = (row: Omit<KeySchema, "primary_key"> & { primary_key: number }): KeySchema => ({
    ...row,
    primary_key: row.primary_key === 1,
  });
  const key = (id: string) => db.selectFrom("auth_key").selectAll().where("id", "=", id);
  const session = (id: string) => db.selectFrom("auth_session").selectAll().where("id", "=", id);

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
          const row = { ...primaryKey, primary_key: 1 };
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
      const row = await key(id).executeTakeFirst();
      return row ? toKey(row) : null;
    },
    getKeysByUserId: async (userId) => {
      const rows = await db
        .selectFrom("auth_key")
        .selectAll()
        .where("user_id", "=", userId)
        .execute();
      return rows.map(toKey);
    },
    setKey: async (newKey) => {
      const row = { ...newKey, primary_key: Number(newKey.primary_key) };
      await db.insertInto("auth_key").values(row).execute();
    },
    updateKeyPassword: async (id, hashed_password) => {
      await db.updateTable("auth_key").set({ hashed_password }).where("id", "=", id).execute();
    },
    deleteKeysByUserId: async (userId) => {
      await db.deleteFrom("auth_key").where("user_id", "=", userId).execute();
    },
    deleteNonPrimaryKey: async (id) => {
      await db.deleteFrom("auth_key").where("id", "=", id).where("primary_key", "=", 0).execute();
    },

    getSession: async (id): Promise<SessionSchema | null> =>
      (await session(id).executeTakeFirst()) ?? null,
    getSessionsByUserId: (userId): Promise<SessionSchema[]> =>
      db.selectFrom("auth_session").selectAll().where("user_id", "=", userId).execute(),
    setSession: async (newSession) => {
      const row = {
        ...newSession,
        active_expires: Number(newSession.active_expires),
        idle_expires: Number(newSession.idle_expires),
      };
      await db.insertInto("auth_session").values(row).execute();
    },
    deleteSession: async (id) => {
      await db.deleteFrom("auth_session").where("id", "=", id).execute();
    },
    deleteSessionsByUserId: async (userId) => {
      await db.deleteFrom("auth_session").where("user_id", "=", userId).execute();
    },
  });
}
