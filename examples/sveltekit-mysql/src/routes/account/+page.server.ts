import { hashSessionId } from "@kysely-lucia/mysql";
import { fail } from "@sveltejs/kit";
import { changePassword, deleteAccount, isPasswordOf } from "$lib/server/accounts.js";
import { auth, type User } from "$lib/server/auth.js";
import { sendVerification } from "$lib/server/email-verification.js";
import { redirectTo } from "$lib/server/flash.js";
import { checkNewPassword, type Errors, hasErrors, readFields } from "$lib/server/forms.js";
import { sessionOf, sessionsBeside } from "$lib/server/sessions.js";
import { requireUser } from "$lib/server/signed-in.js";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = async (event) => {
  const { user, session } = await requireUser(event);
  return { user, sessions: await sessionsBeside(session) };
};

export const actions: Actions = {
  verify: async (event) => {
    const { user } = await requireUser(event);
    if (!user.isEmailVerified) await sendVerification(user.userId);
    redirectTo("/account", event.cookies, "verification-sent");
  },

  end: async (event) => {
    const { user, session } = await requireUser(event);
    const { handle } = await readFields(event.request, "handle");
    const ended = await sessionOf(user.userId, handle);
    if (!ended) redirectTo("/account", event.cookies, "session-gone");
    await auth.invalidateSession(ended.sessionId);
    if (hashSessionId(ended.sessionId) !== hashSessionId(session.sessionId)) {
      redirectTo("/account", event.cookies, "session-ended");
    }
    event.locals.auth.setSession(null);
    redirectTo("/", event.cookies, "signed-out");
  },

  password: async (event) => {
    const { user } = await requireUser(event);
    const { current, password } = await readFields(event.request, "current", "password");
    const errors = {
      current: await passwordError(user, current),
      password: checkNewPassword(password),
    };
    if (hasErrors(errors)) return refuse(errors);
    event.locals.auth.setSession(await changePassword(user, password));
    redirectTo("/account", event.cookies, "password-changed");
  },

  delete: async (event) => {
    const { user } = await requireUser(event);
    const { confirm } = await readFields(event.request, "confirm");
    const error = await passwordError(user, confirm);
    if (error) return refuse({ confirm: error });
    await deleteAccount(user);
    event.locals.auth.setSession(null);
    redirectTo("/", event.cookies, "account-deleted");
  },
};

/** `current` and `password` are of the form for a new password, `confirm` of the one for deletion. */
const refuse = (errors: Errors<"current" | "password" | "confirm">) => fail(422, { errors });

async function passwordError(user: User, password: string): Promise<string | undefined> {
  if (password === "") return "Type your current password.";
  return (await isPasswordOf(user, password)) ? undefined : "This password is wrong.";
}
