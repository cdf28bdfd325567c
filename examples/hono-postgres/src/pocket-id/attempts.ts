import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Database } from "../database.js";
import type { Identity, Secrets } from "./provider.js";

/** How long somebody may take at the provider, or to choose a name, in milliseconds. */
export const PATIENCE_MS = 10 * 60 * 1000;

/** Who wants to link an identity, and in which session. */
export interface Owner {
  readonly userId: string;
  /** The hash of the session's id. */
  readonly session: string;
}

/** A way to the provider and back that was begun here. */
export interface Attempt {
  readonly secrets: Secrets;
  /** Null for somebody who signs in. */
  readonly owner: Owner | null;
}

export async function keepAttempt(
  db: Kysely<Database>,
  { secrets, owner }: Attempt,
): Promise<void> {
  await db.deleteFrom("provider_attempt").where("expires_at", "<", new Date()).execute();
  await db
    .insertInto("provider_attempt")
    .values({
      id: hash(secrets.state),
      nonce: secrets.nonce,
      code_verifier: secrets.codeVerifier,
      user_id: owner?.userId ?? null,
      session: owner?.session ?? null,
      expires_at: new Date(Date.now() + PATIENCE_MS),
    })
    .execute();
}

/** The attempt of this `state`, once: whoever asks again gets nothing, also at the same time. */
export async function takeAttempt(
  db: Kysely<Database>,
  state: string,
): Promise<Attempt | undefined> {
  const found = await db
    .deleteFrom("provider_attempt")
    .where("id", "=", hash(state))
    .returningAll()
    .executeTakeFirst();
  if (!found || found.expires_at < new Date()) return undefined;
  const { nonce, code_verifier, user_id, session } = found;
  return {
    secrets: { state, nonce, codeVerifier: code_verifier },
    owner: user_id !== null && session !== null ? { userId: user_id, session } : null,
  };
}

/** Keeps an identity that the provider has confirmed until its owner has chosen a name. */
export async function keepNewcomer(
  db: Kysely<Database>,
  secret: string,
  { id, name }: Identity,
): Promise<void> {
  await db.deleteFrom("provider_newcomer").where("expires_at", "<", new Date()).execute();
  await db
    .insertInto("provider_newcomer")
    .values({
      id: hash(secret),
      identity: id,
      name,
      expires_at: new Date(Date.now() + PATIENCE_MS),
    })
    .execute();
}

/** The identity that was kept with this secret. */
export async function findNewcomer(
  db: Kysely<Database>,
  secret: string,
): Promise<Identity | undefined> {
  return db
    .selectFrom("provider_newcomer")
    .select(["identity as id", "name"])
    .where("id", "=", hash(secret))
    .where("expires_at", ">=", new Date())
    .executeTakeFirst();
}

/** Once there is an account. */
export async function forgetNewcomer(db: Kysely<Database>, secret: string): Promise<void> {
  await db.deleteFrom("provider_newcomer").where("id", "=", hash(secret)).execute();
}

/** Whoever reads the tables cannot go on with what others have begun. */
function hash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
