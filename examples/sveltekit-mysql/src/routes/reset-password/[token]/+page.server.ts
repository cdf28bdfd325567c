import { error, fail } from "@sveltejs/kit";
import { redirectTo } from "$lib/server/flash.js";
import { checkNewPassword, readFields } from "$lib/server/forms.js";
import { findProblem, type Problem, WHY_NOT } from "$lib/server/links.js";
import { resetPassword } from "$lib/server/password-reset.js";
import type { Actions, PageServerLoad } from "./$types";

/** It only looks: programs that open the links of a mail ahead of its reader use none up. */
export const load: PageServerLoad = async ({ params, locals }) => {
  const { user } = await locals.auth.validateUser();
  refuse(await findProblem("reset-password", params.token));
  return { user };
};

export const actions: Actions = {
  default: async ({ params, request, locals, cookies }) => {
    const { password } = await readFields(request, "password");
    const problem = checkNewPassword(password);
    if (problem) return fail(422, { error: problem });
    refuse(await resetPassword(params.token, password));
    // The session of this browser may have been one of those that have ended.
    locals.auth.setSession(null);
    redirectTo("/sign-in", cookies, "password-reset");
  },
};

function refuse(problem: Problem | undefined): void {
  if (problem) error(410, `${WHY_NOT[problem]} Nothing was changed by it. Ask for a new one.`);
}
