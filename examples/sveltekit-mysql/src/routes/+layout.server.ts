import { takeFlash } from "$lib/server/flash.js";
import { showsMailsTo } from "$lib/server/mailer.js";
import type { LayoutServerLoad } from "./$types";

/** It asks nothing of the database, so that the layout stands when that has failed. */
export const load: LayoutServerLoad = ({ cookies, request, route }) => {
  // Used here, so that it runs again on each page: what was done is said on one of them.
  const { id } = route;
  return {
    flash: id === null ? undefined : takeFlash(cookies),
    showsMails: showsMailsTo(request),
  };
};
