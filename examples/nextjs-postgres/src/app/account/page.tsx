import { Frame } from "../../components/frame";
import { inWords, Time } from "../../components/time";
import { type ListedSession, sessionsBeside } from "../../sessions";
import { visitOfPage } from "../../visit";
import { endSession } from "./actions";
import { AccountForms } from "./forms";

/** The sessions, the password and the end of an account. */
export default async function AccountPage() {
  const { user, session } = await visitOfPage();
  const sessions = await sessionsBeside(session);
  return (
    <Frame path="/account" user={user}>
      <div className="narrow">
        <h1>Account</h1>
        <p className="lead">
          You are signed in as <strong>{user.username}</strong>.
        </p>
        <section className="card" aria-labelledby="sessions">
          <h2 id="sessions">Where you are signed in</h2>
          <p className="under">
            Do you not recognise one of these? End it, then change your password.
          </p>
          <ul className="sessions">
            {sessions.map((listed) => (
              <Listed key={listed.handle} {...listed} />
            ))}
          </ul>
        </section>
        <AccountForms username={user.username} />
      </div>
    </Frame>
  );
}

function Listed({ handle, startedAt, endsAt, isCurrent }: ListedSession) {
  const name = `the session that began ${inWords(startedAt)}${isCurrent ? ", this one" : ""}`;
  return (
    <li>
      <div>
        <p>
          Began <Time date={startedAt} /> {isCurrent && <strong className="badge">this one</strong>}
        </p>
        <p className="hint">
          Ends <Time date={endsAt} />, if it is not used
        </p>
      </div>
      <form action={endSession.bind(null, handle)}>
        <button type="submit" className="secondary" aria-label={`End ${name}`}>
          End
        </button>
      </form>
    </li>
  );
}
