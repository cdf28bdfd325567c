import { fail, redirect } from "@sveltejs/kit";
import { signIn } from "$lib/server/accounts.js";
import { type Errors, hasErrors, readFields } from "$lib/server/forms.js";
import { sendUsersToNotes } from "$lib/server/signed-in.js";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = sendUsersToNotes;

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { password, ...fields } = await readFields(request, "username", "password");
    const username = fields.username.trim();
    const refuse = (status: number, errors: Errors<"username" | "password">) =>
      fail(status, { username, errors });

    const errors = {
      username: username === "" ? "Type your name." : undefined,
      password: password === "" ? "Type your password." : undefined,
    };
    if (hasErrors(errors)) return refuse(422, errors);
    const session = await signIn(username, password);
    if (!session) {
      return refuse(401, { password: "This name and this password do not belong together." });
    }
    locals.auth.setSession(session);
    redirect(303, "/notes");
  },
};
