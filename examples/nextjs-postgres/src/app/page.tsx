import Link from "next/link";
import { Frame } from "../components/frame";
import { leaveIfSignedIn } from "../visit";

/** The front page, for those who are not signed in. */
export default async function HomePage() {
  await leaveIfSignedIn();
  return (
    <Frame user={null}>
      <title>A small place for your notes · Pocket notes</title>
      <div className="hero">
        <div>
          <h1>A small, quiet place for your notes.</h1>
          <p className="lead">
            Write something down, find it again tomorrow. Nobody else reads it, and when you leave,
            everything leaves with you.
          </p>
          <p className="actions">
            <Link className="button" href="/sign-up">
              Start writing
            </Link>
            <Link className="button secondary" href="/sign-in">
              Sign in
            </Link>
          </p>
        </div>
        <div className="pile" aria-hidden="true">
          <p className="straw">Ask Mira for the name of that little bookshop.</p>
          <p className="sage">The tomatoes want water on Thursday.</p>
          <p className="rose">What a good day.</p>
        </div>
      </div>
      <section aria-labelledby="inside">
        <h2 id="inside">What happens behind these pages</h2>
        <ul className="facts">
          <li>
            <h3>All or nothing</h3>
            <p>
              An account, its password and its first note are written in one transaction. So is the
              end of it.
            </p>
          </li>
          <li>
            <h3>Sessions you can see</h3>
            <p>Your account shows where you are signed in. End any session from any browser.</p>
          </li>
          <li>
            <h3>One pool</h3>
            <p>
              Users, sessions and notes live in one PostgreSQL database, joined by ordinary queries.
            </p>
          </li>
        </ul>
      </section>
    </Frame>
  );
}
