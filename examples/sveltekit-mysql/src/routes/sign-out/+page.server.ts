import { redirect } from "@sveltejs/kit";
import { auth } from "$lib/server/auth.js";
import { redirectTo } from "$lib/server/flash.js";
import { requireUser } from "$lib/server/signed-in.js";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = () => redirect(303, "/");

export const actions: Actions = {
  default: async (event) => {
    const { session } = await requireUser(event);
    await auth.invalidateSession(session.sessionId);
    event.locals.auth.setSession(null);
    redirectTo("/", event.cookies, "signed-out");
  },
};
