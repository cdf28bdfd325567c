import type { Handle, HandleServerError, ServerInit } from "@sveltejs/kit";
import { building } from "$app/environment";
import { auth, close, db, migrate } from "$lib/server/auth.js";
import { createTables } from "$lib/server/database.js";

const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  // Links in mails have their secret in the address: no other site learns where a visitor comes from.
  // Not "no-referrer": browsers then send `Origin: null` with this site's own forms.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  // Pages may show private things.
  "Cache-Control": "no-store",
} as const;

export const init: ServerInit = async () => {
  if (building) return;
  await openDatabase();
  process.once("sveltekit:shutdown", close);
};

async function openDatabase(): Promise<void> {
  try {
    await migrate();
    await createTables(db);
  } catch (cause) {
    const problem = `The database of DATABASE_URL cannot be used. ${messageOf(cause)}`;
    throw new Error(problem, { cause });
  }
}

/** Node.js gives what failed for several addresses of a host an empty message. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors : [];
  return error.message || inner.map(messageOf).join("; ") || error.name;
}

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.auth = auth.handleRequest(event);
  const response = await resolve(event);
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  return response;
};

/** Details are for the log of the server; `+error.svelte` only says what its reader can do. */
export const handleError: HandleServerError = ({ error, status, message }) => {
  if (status >= 500) console.error(error);
  return { message };
};
