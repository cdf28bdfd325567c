import { renaming } from "./renaming-plugin.js";
import type { Variant } from "./variant.js";

const tables = { user: "my_auth_user", session: "my_auth_session", key: "my_auth_key" };

/** With other names for the auth tables. The tests' own names are contained in them. */
export const otherNames: Variant = {
  name: "with other names",
  tables,
  plugins: [renaming()],
};

/** With other names, in a schema that is not the one where the app's own tables are. */
export const otherNamesInSchema: Variant = {
  name: "with other names, in a schema of their own",
  tables,
  databaseSchema: "area",
  plugins: [renaming("area")],
};

type Names = Pick<Variant, "tables"> & { readonly databaseSchema?: string | undefined };

/** SQL as tests write it, with the names that the tables have in this variant. */
export function renameIn(sql: string, { tables, databaseSchema }: Names): string {
  if (!tables) return sql;
  const prefix = databaseSchema ? `${databaseSchema}.my_` : "my_";
  return sql.replaceAll(/\bauth_(?=(user|session|key)\b)/g, `${prefix}auth_`);
}
