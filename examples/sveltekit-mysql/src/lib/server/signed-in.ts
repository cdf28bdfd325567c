import { type RequestEvent, redirect } from "@sveltejs/kit";
import { redirectTo } from "./flash.js";

/** Who is signed in, and with which session. Everybody else is sent to sign in. */
export async function requireUser({ locals, request, cookies }: RequestEvent) {
  const { user, session } = await locals.auth.validateUser();
  if (user) return { user, session };
  if (request.method === "POST") redirectTo("/sign-in", cookies, "no-longer-signed-in");
  redirect(303, "/sign-in");
}

/** For pages that make no sense to those who are signed in. */
export async function sendUsersToNotes({ locals }: RequestEvent) {
  const { user } = await locals.auth.validateUser();
  if (user) redirect(303, "/notes");
  return { user };
}
