import type { AuthDatabase } from "@kysely-lucia/postgres";
import type { Generated } from "kysely";

/** All tables of this site: Lucia's three, with a name for each user, and the site's own notes. */
export interface Database extends AuthDatabase<{ username: string }> {
  note: {
    id: Generated<number>;
    user_id: string;
    body: string;
    created_at: Generated<Date>;
  };
}
