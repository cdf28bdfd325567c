import Link from "next/link";
import { Frame } from "../../components/frame";
import { leaveIfSignedIn } from "../../visit";
import { SignUpForm } from "./form";

export default async function SignUpPage() {
  await leaveIfSignedIn();
  return (
    <Frame path="/sign-up" user={null}>
      <div className="narrow">
        <h1>Sign up</h1>
        <p className="lead">A name and a password, nothing else.</p>
        <SignUpForm />
        <p className="aside">
          You have an account? <Link href="/sign-in">Sign in</Link>
        </p>
      </div>
    </Frame>
  );
}
