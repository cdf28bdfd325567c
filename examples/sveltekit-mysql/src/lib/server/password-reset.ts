import { hashPassword } from "@kysely-lucia/mysql";
import { keyOf } from "./accounts.js";
import { db, transaction } from "./auth.js";
import { createToken, endLinks, type Problem, problemOf, useToken } from "./links.js";
import { sendMail } from "./mailer.js";
import { origin } from "./settings.js";

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
    .execute();
  for (const account of accounts) void sendReset(account).catch(console.error);
}

async function sendReset({ id, username, email }: Account): Promise<void> {
  const token = await createToken("reset-password", id);
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
 * Uses the link up, changes the password and ends all sessions, all or none: after a failure the link
 * still works. Returns why it does not, if so.
 */
export async function resetPassword(token: string, password: string): Promise<Problem | undefined> {
  // Before the transaction, which would hold its connection for as long as it takes.
  const hashed = await hashPassword(password);
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
