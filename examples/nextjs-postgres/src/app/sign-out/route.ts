import { cookies } from "next/headers";
import { auth } from "../../auth";
import { setFlash } from "../../flash";
import { origin } from "../../settings";

/** A route handler, not a server action: see the form in `components/frame.tsx`. */
export async function POST(request: Request): Promise<Response> {
  const { validate, setSession } = auth.handleRequest({ cookies: await cookies(), request });
  const session = await validate();
  if (!session) {
    await setFlash("not-signed-in");
    return Response.redirect(`${origin()}/sign-in`, 303);
  }
  await auth.invalidateSession(session.sessionId);
  setSession(null);
  await setFlash("signed-out");
  return Response.redirect(`${origin()}/`, 303);
}
