import { auth, transaction } from "./auth.js";
import { createToken, type Problem, problemOf, useToken } from "./links.js";
import { sendMail } from "./mailer.js";
import { origin } from "./settings.js";

/** Sends a link with which the user shows that the e-mail is theirs. */
export async function sendVerification(userId: string): Promise<void> {
  const { username, email } = await auth.getUser(userId);
  const token = await createToken("verify-email", userId);
  await sendMail({
    to: email,
    subject: "Is this your e-mail?",
    text: `Hello ${username}, open this link within a day to say that this e-mail is yours.`,
    link: `${origin}/verify-email/${token}`,
  });
}

/** Uses the link up and marks the e-mail as verified, both or none. Returns why not, if so. */
export async function verifyEmail(token: string): Promise<Problem | undefined> {
  try {
    await transaction(
      async ({ auth }) => {
        const userId = await useToken(auth, "verify-email", token);
        await auth.updateUserAttributes(userId, { email_verified_at: Date.now() });
      },
      { retries: 3 },
    );
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}
