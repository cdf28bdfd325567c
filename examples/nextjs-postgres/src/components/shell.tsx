import icon from "@kysely-lucia/example-design/icon.svg";
import Link from "next/link";
import type { ReactNode } from "react";

interface Shell {
  readonly navigation?: ReactNode;
  readonly children: ReactNode;
}

/** What is around every page. */
export function Shell({ navigation, children }: Shell) {
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <Link className="brand" href="/">
          <img src={icon.src} alt="" width={28} height={28} />
          Pocket notes
        </Link>
        {navigation}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <p>Kysely and Lucia on one PostgreSQL pool, in server components and server actions.</p>
      </footer>
    </>
  );
}
