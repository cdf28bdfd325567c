import { building } from "$app/environment";
import { env } from "$env/dynamic/private";

/** The public address of the site. `server.js` has checked it; `vite dev` has none and listens here. */
export const origin = env["ORIGIN"] || `http://127.0.0.1:${env["PORT"] || 3000}`;

/** Whether cookies travel over HTTPS only. */
export const isHttps = origin.startsWith("https:");

/**
 * Where the database is. A build needs none: it looks at the pages, and asks for nothing.
 *
 * @throws Error where `DATABASE_URL` does not say it
 */
export function databaseUrl(): string {
  const url = env["DATABASE_URL"] ?? "";
  if (building || url.startsWith("mysql://")) return url;
  throw new Error(
    `DATABASE_URL is ${url === "" ? "not set" : "no address of a MySQL database"}. Expected one such ` +
      "as mysql://user:password@127.0.0.1:3306/notes. `npm start sveltekit-mysql`, at the root of the " +
      "repository, brings a database of its own.",
  );
}
