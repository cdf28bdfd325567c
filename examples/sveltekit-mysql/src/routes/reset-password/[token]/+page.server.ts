import { error, fail } from "@sveltejs/kit";
import { auth } from "$lib/server/auth.js";
import { redirectTo } from "$lib/server/flash.js";
import { checkNewPassword, readFields } from "$lib/server/forms.js";
import { lookAt, type Problem, WHY_NOT } from "$lib/server/links.js";
import { resetPassword } from "$lib/server/password-reset.js";
import type { Actions, PageServerLoad } from "./$types";

/** It only looks: programs that open the links of a mail ahead of its reader use none up. */
export const load: PageServerLoad = async ({ params, locals }) => {
  const { user } = await locals.auth.validateUser();
  const { userId, problem } = await lookAt("reset-password", params.token);
  if (problem) refuse(problem);
  return { user, username: (await auth.getUser(userId)).username };
};

export const actions: Actions = {
  default: async ({ params, request, cookies }) => {
    const { password } = await readFields(request, "password");
    const wrong = checkNewPassword(password);
    if (wrong) return fail(422, { error: wrong });
    const problem = await resetPassword(params.token, password);
    if (problem) refuse(problem);
    redirectTo("/sign-in", cookies, "password-reset");
  },
};

function refuse(problem: Problem): never {
  error(410, `${WHY_NOT[problem]} Nothing was changed by it. Ask for a new one.`);
}
