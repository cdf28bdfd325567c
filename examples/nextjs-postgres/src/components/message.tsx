import Link from "next/link";
import type { ReactNode } from "react";

/** A page that only says something. It does not ask who is signed in: that may be what has failed. */
export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="narrow">
      <title>{`${title} · Pocket notes`}</title>
      <h1>{title}</h1>
      <p className="lead">{children}</p>
      <p className="actions">
        <Link className="button" href="/">
          To the front page
        </Link>
      </p>
    </div>
  );
}
