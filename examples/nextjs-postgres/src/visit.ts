import type { Session } from "lucia-auth";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { auth, type User } from "./auth";
import { redirect } from "./flash";

/** Somebody who is signed in. */
export interface Visit {
  readonly user: User;
  readonly session: Session;
}

/** Who asks for this page, if they are signed in. It is looked up once, whatever of the page wants to know. */
const findVisit = cache(async (): Promise<Visit | null> => {
  const { user, session } = await auth.handleRequest({ cookies: await cookies() }).validateUser();
  return user ? { user, session } : null;
});

/** Who asks for this page. Everybody who is not signed in is sent to sign in. */
export async function visitOfPage(): Promise<Visit> {
  return (await findVisit()) ?? redirect("/sign-in");
}

/** For pages that are for others: those who are signed in are sent to their notes. */
export async function leaveIfSignedIn(): Promise<void> {
  if (await findVisit()) await redirect("/notes");
}

/** The request that calls a server action. */
export async function actionRequest() {
  return auth.handleRequest({ cookies: await cookies(), headers: await headers() });
}

/** Who calls a server action. Everybody who is not signed in is sent to sign in. */
export async function visitOfAction() {
  const { setSession, validateUser } = await actionRequest();
  const { user, session } = await validateUser();
  return user ? { user, session, setSession } : redirect("/sign-in", "not-signed-in");
}
