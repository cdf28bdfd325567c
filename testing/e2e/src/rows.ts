import type { Database } from "./database.js";

/** What is stored of accounts, read beside the site. */
export async function countRows({ read }: Database) {
  const count = async (table: string) => Number((await read(`select count(*) from ${table}`))[0]);
  return {
    users: await count("auth_user"),
    // Not the single-use ones, which some examples put into mails.
    keys: await count("auth_key where expires is null"),
    sessions: await count("auth_session"),
  };
}
