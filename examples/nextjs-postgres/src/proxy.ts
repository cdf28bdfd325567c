import { type NextRequest, NextResponse } from "next/server";
import { auth } from "./auth";
import { FLASH, isDone } from "./flash";
import { policyFor, randomNonce } from "./protection";
import { isHttps, localAddress, origin } from "./settings";

/** Runs before every page, server action and route handler, and can set cookies, which pages cannot. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (isForeignForm(request)) return refuse();
  const headers = new Headers(request.headers);
  const policy = policyFor(randomNonce());
  headers.set("Content-Security-Policy", policy);
  const flash = request.cookies.get(FLASH)?.value;
  if (isDone(flash)) headers.set(FLASH, flash);
  else headers.delete(FLASH);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  if (flash !== undefined) response.cookies.delete(FLASH);
  await renewSession(request, response);
  return response;
}

/** Not before files that are sent as they are. Everything else may call a server action, below `/_next/` too. */
export const config = { matcher: "/((?!_next/static/|_next/image).*)" };

/**
 * Whether a form was sent from another site's page. Next.js looks at server actions only, not at route handlers,
 * and lets those pass that do not say where they come from.
 */
function isForeignForm({ method, headers }: NextRequest): boolean {
  return method !== "GET" && method !== "HEAD" && headers.get("origin") !== origin();
}

/**
 * Answers with a page of the site, in which nothing is told of the request. A rewrite would hand the form on, and
 * Next.js takes `localhost` for another server than 127.0.0.1 there.
 */
async function refuse(): Promise<NextResponse> {
  const page = await fetch(`${localAddress()}/foreign-form`, { cache: "no-store" });
  const headers = new Headers({ "Cache-Control": "no-store" });
  for (const name of ["Content-Type", "Content-Security-Policy"]) {
    headers.set(name, page.headers.get(name) ?? "");
  }
  return new NextResponse(page.body, { status: 403, headers });
}

/** There as long as the session needs no renewal. Whoever removes or makes it has their session looked up once more, or renewed later. */
const ACTIVE = "session_is_active";

/** Renews a session that is idle, so that the page which is made next knows the new one. */
async function renewSession(request: NextRequest, response: NextResponse): Promise<void> {
  if (!request.cookies.has("auth_session") || request.cookies.has(ACTIVE)) return;
  try {
    const session = await auth.handleRequest({ request, response }).validate();
    if (!session) return;
    response.cookies.set(ACTIVE, "1", {
      expires: session.activePeriodExpiresAt,
      httpOnly: true,
      sameSite: "lax",
      secure: isHttps(),
    });
  } catch {
    // The page asks the database again, and says that it fails.
  }
}
