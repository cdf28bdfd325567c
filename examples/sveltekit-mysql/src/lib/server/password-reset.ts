import { hashPassword } from "@kysely-lucia/mysql";
import { keyOf } from "./accounts.js";
import { db, transaction } from "./auth.js";
import {
  createToken,
  endLinks,
  isJustSent,
  lookAt,
  type Problem,
  problemOf,
  useToken,
} from "./links.js";
import { sendMail } from "./mailer.js";
import { unlessBusy } from "./passwords.js";
import { origin } from "./settings.js";

/** No more accounts with one e-mail get a link at once. */
const MAX_ACCOUNTS = 5;

interface Account {
  readonly id: string;
  readonly username: string;
  readonly email: string;
}

/**
 * Sends a link to each account with this e-mail. Whoever asks is not told whether there is one, and the
 * answer does not wait for what is done only if there is: it comes after one query in either case.
 */
export async function askForReset(email: string): Promise<void> {
  const accounts = await db
    .selectFrom("auth_user")
    .select(["id", "username", "email"])
    .where("email", "=", email)
    // Null comes last: accounts of others, which only claim this e-mail, take no place of its owner's.
    .orderBy("email_verified_at", "desc")
    .limit(MAX_ACCOUNTS)
    .execute();
  for (const account of accounts) void sendReset(account).catch(console.error);
}

async function sendReset({ id, username, email }: Account): Promise<void> {
  const token = await replaceLink(id);
  if (token === undefined) return;
  await sendMail({
    // The stored one: what was typed may be another address that only compares as equal.
    to: email,
    subject: "A new password",
    text:
      `Hello ${username}, open this link within an hour to choose a new password. ` +
      "You did not ask for it? Then there is nothing to do.",
    link: `${origin}/reset-password/${token}`,
  });
}

/**
 * Makes a link in place of earlier ones. None where one was made in the last minute: whoever asks again
 * and again fills nobody's mailbox.
 */
function replaceLink(userId: string): Promise<string | undefined> {
  return transaction(
    async ({ db, auth }) => {
      // One after another for each user: of two that ask at once one is told that there is a link.
      await db
        .selectFrom("auth_user")
        .select("id")
        .where("id", "=", userId)
        .forUpdate()
        .executeTakeFirst();
      if (await isJustSent(auth, "reset-password", userId)) return undefined;
      await endLinks(auth, "reset-password", userId);
      return createToken("reset-password", userId, auth);
    },
    { retries: 3 },
  );
}

/**
 * Uses the link up, changes the password and ends all sessions, all or none: after a failure the link
 * still works. Returns why it does not, if so.
 */
export async function resetPassword(token: string, password: string): Promise<Problem | undefined> {
  // Hashing is dear: it is not done for a link that does not work.
  const { problem } = await lookAt("reset-password", token);
  if (problem) return problem;
  // Before the transaction, which would hold its connection for as long as it takes.
  const hashed = await unlessBusy(hashPassword(password));
  try {
    await transaction(
      async ({ auth }) => {
        const userId = await useToken(auth, "reset-password", token);
        const { username } = await auth.getUser(userId);
        await auth.updateKeyPassword(...keyOf(username), hashed);
        await endLinks(auth, "reset-password", userId);
        await auth.invalidateAllUserSessions(userId);
      },
      { retries: 3 },
    );
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}
