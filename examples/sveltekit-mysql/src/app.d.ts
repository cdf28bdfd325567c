import type { User } from "$lib/server/auth.js";
import type { Flash } from "$lib/server/flash.js";

declare global {
  namespace App {
    interface Locals {
      /** The request as Lucia sees it. It reads its user once, however often it is asked. */
      auth: ReturnType<typeof import("$lib/server/auth.js")["auth"]["handleRequest"]>;
    }

    interface PageData {
      /** Who is signed in; null if nobody is; left out where that is not known. */
      user?: User | null;
      /** What was just done. */
      flash?: Flash | undefined;
      /** Whether mails are shown in place of being sent. */
      showsMails?: boolean;
    }
  }
}
