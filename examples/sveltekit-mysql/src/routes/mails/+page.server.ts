import { error } from "@sveltejs/kit";
import { keptMails, showsMails } from "$lib/server/mailer.js";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ locals }) => {
  if (!showsMails) error(404);
  const { user } = await locals.auth.validateUser();
  return { user, mails: await keptMails() };
};
