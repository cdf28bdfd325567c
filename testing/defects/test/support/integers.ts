import type { Wiring } from "../../src/wirings/wiring.js";

/** The integers of the auth tables as the documentation of Lucia 1.x types them for Kysely. */
type DocumentedInteger = bigint | number;

/** The auth tables as that documentation types them; `Boolean` is number on MySQL and SQLite. */
export interface DocumentedTables<Boolean> {
  auth_session: {
    id: string;
    user_id: string;
    active_expires: DocumentedInteger;
    idle_expires: DocumentedInteger;
  };
  auth_key: {
    id: string;
    user_id: string;
    primary_key: Boolean;
    hashed_password: string | null;
    expires: DocumentedInteger | null;
  };
}

/** Stores a session, and a key that expires. */
export async function storeIntegers({ auth }: Pick<Wiring, "auth">): Promise<void> {
  const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
  await auth.createSession(userId);
  await auth.createKey(userId, {
    type: "single_use",
    providerId: "reset",
    providerUserId: "ada",
    password: null,
    expiresIn: 60,
  });
}
