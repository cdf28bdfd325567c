import { error } from "@sveltejs/kit";
import { verifyEmail } from "$lib/server/email-verification.js";
import { redirectTo } from "$lib/server/flash.js";
import { findProblem, type Problem, WHY_NOT } from "$lib/server/links.js";
import type { Actions, PageServerLoad } from "./$types";

/** It only looks: programs that open the links of a mail ahead of its reader use none up. */
export const load: PageServerLoad = async ({ params, locals }) => {
  const { user } = await locals.auth.validateUser();
  refuse(await findProblem("verify-email", params.token));
  return { user };
};

export const actions: Actions = {
  default: async ({ params, locals, cookies }) => {
    refuse(await verifyEmail(params.token));
    // The link may have been opened in a browser where nobody is signed in.
    const { user } = await locals.auth.validateUser();
    redirectTo(user ? "/account" : "/sign-in", cookies, "email-verified");
  },
};

function refuse(problem: Problem | undefined): void {
  if (problem)
    error(410, `${WHY_NOT[problem]} On the page of your account you can ask for a new one.`);
}
