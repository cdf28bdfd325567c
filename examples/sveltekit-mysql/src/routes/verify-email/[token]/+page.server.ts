import { error } from "@sveltejs/kit";
import { verifyEmail } from "$lib/server/email-verification.js";
import { redirectTo } from "$lib/server/flash.js";
import { lookAt, type Problem, WHY_NOT } from "$lib/server/links.js";
import type { Actions, PageServerLoad } from "./$types";

/** It only looks: programs that open the links of a mail ahead of its reader use none up. */
export const load: PageServerLoad = async ({ params, locals }) => {
  const { user } = await locals.auth.validateUser();
  const { problem } = await lookAt("verify-email", params.token);
  if (problem) refuse(problem);
  return { user };
};

export const actions: Actions = {
  default: async ({ params, locals, cookies }) => {
    const problem = await verifyEmail(params.token);
    if (problem) refuse(problem);
    // The link may have been opened in a browser where nobody is signed in.
    const { user } = await locals.auth.validateUser();
    redirectTo(user ? "/account" : "/sign-in", cookies, "email-verified");
  },
};

function refuse(problem: Problem): never {
  error(410, `${WHY_NOT[problem]} On the page of your account you can ask for a new one.`);
}
