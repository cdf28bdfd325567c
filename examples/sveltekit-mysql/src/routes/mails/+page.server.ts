import { error } from "@sveltejs/kit";
import { keptMails, showsMailsTo } from "$lib/server/mailer.js";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ locals, request }) => {
  if (!showsMailsTo(request)) error(404);
  const { user } = await locals.auth.validateUser();
  return { user, mails: await keptMails() };
};
