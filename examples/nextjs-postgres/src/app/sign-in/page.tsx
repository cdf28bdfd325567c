import Link from "next/link";
import { Frame } from "../../components/frame";
import { leaveIfSignedIn } from "../../visit";
import { SignInForm } from "./form";

export default async function SignInPage() {
  await leaveIfSignedIn();
  return (
    <Frame path="/sign-in" user={null}>
      <div className="narrow">
        <h1>Sign in</h1>
        <SignInForm />
        <p className="aside">
          You are new here? <Link href="/sign-up">Sign up</Link>
        </p>
      </div>
    </Frame>
  );
}
