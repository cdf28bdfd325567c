import Link from "next/link";
import type { ReactNode } from "react";
import type { User } from "../auth";
import { takeFlash } from "../flash";
import { Flash } from "./flash";
import { Shell } from "./shell";

interface Frame {
  readonly path?: string;
  /** Who is signed in; null if nobody is; left out where that is not known. */
  readonly user?: User | null;
  readonly children: ReactNode;
}

/** The whole page, with one sentence on top about what was just done. */
export async function Frame({ path, user, children }: Frame) {
  const flash = await takeFlash();
  return (
    <Shell navigation={user !== undefined && <Navigation path={path} user={user} />}>
      {flash && <Flash {...flash} />}
      {children}
    </Shell>
  );
}

function Navigation({ path, user }: { path: string | undefined; user: User | null }) {
  const link = (href: string, text: string) => (
    <Link href={href} aria-current={href === path ? "page" : undefined}>
      {text}
    </Link>
  );
  if (user === null) {
    return (
      <nav aria-label="Site">
        {link("/sign-in", "Sign in")}
        {link("/sign-up", "Sign up")}
      </nav>
    );
  }
  return (
    <nav aria-label="Site">
      {link("/notes", "Notes")}
      {link("/account", "Account")}
      {/* A form of HTML's own: the answer is a new document, which knows nothing of the pages before. */}
      <form method="post" action="/sign-out">
        <button type="submit" className="plain">
          Sign out
        </button>
      </form>
    </nav>
  );
}
