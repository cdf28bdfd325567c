import { fail } from "@sveltejs/kit";
import { redirectTo } from "$lib/server/flash.js";
import { checkEmail, readFields } from "$lib/server/forms.js";
import { askForReset } from "$lib/server/password-reset.js";
import { sendUsersToNotes } from "$lib/server/signed-in.js";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = sendUsersToNotes;

export const actions: Actions = {
  default: async ({ request, cookies }) => {
    const fields = await readFields(request, "email");
    const email = fields.email.trim();
    const error = checkEmail(email);
    if (error) return fail(422, { email, error });
    await askForReset(email);
    redirectTo("/sign-in", cookies, "reset-sent");
  },
};
