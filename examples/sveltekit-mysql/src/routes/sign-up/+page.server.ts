import { fail } from "@sveltejs/kit";
import { signUp } from "$lib/server/accounts.js";
import { sendVerification } from "$lib/server/email-verification.js";
import { redirectTo } from "$lib/server/flash.js";
import {
  checkEmail,
  checkName,
  checkNewPassword,
  type Errors,
  hasErrors,
  readFields,
} from "$lib/server/forms.js";
import { sendUsersToNotes } from "$lib/server/signed-in.js";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = sendUsersToNotes;

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const { password, ...fields } = await readFields(request, "username", "email", "password");
    const [username, email] = [fields.username.trim(), fields.email.trim()];
    const refuse = (status: number, errors: Errors<"username" | "email" | "password">) =>
      fail(status, { username, email, errors });

    const errors = {
      username: checkName(username),
      email: checkEmail(email),
      password: checkNewPassword(password),
    };
    if (hasErrors(errors)) return refuse(422, errors);
    const session = await signUp({ username, email, password });
    if (!session) {
      return refuse(409, { username: `The name ${username} is taken. Choose another one.` });
    }
    locals.auth.setSession(session);
    // The account is there in any case, and `/account` has a button that sends the mail again.
    await sendVerification(session.userId).catch(console.error);
    redirectTo("/notes", cookies, "signed-up");
  },
};
