import { sendUsersToNotes } from "$lib/server/signed-in.js";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = sendUsersToNotes;
