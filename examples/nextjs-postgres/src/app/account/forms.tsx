"use client";

import { useActionState } from "react";
import { Field } from "../../components/field";
import { Form, FormTitle } from "../../components/form";
import { changePassword, deleteAccount } from "./actions";

export function AccountForms({ username }: { username: string }) {
  const [change, sendChange] = useActionState(changePassword, undefined);
  const [deletion, sendDeletion] = useActionState(deleteAccount, undefined);
  const { current, password } = change?.errors ?? {};
  const { confirm } = deletion?.errors ?? {};
  return (
    <>
      <FormTitle title="Account" refusal={change ?? deletion} />
      <Form action={sendChange} refusal={change} labelledBy="change">
        <h2 id="change">Change your password</h2>
        <p className="under">All other sessions end when you do.</p>
        <NameForPasswordManagers username={username} />
        <Field
          name="current"
          label="Current password"
          autoComplete="current-password"
          error={current}
          hasFocus={!!current}
        />
        <Field
          name="password"
          label="New password"
          hint="At least 8 characters."
          autoComplete="new-password"
          error={password}
          hasFocus={!!password && !current}
        />
        <button type="submit">Change password</button>
      </Form>
      <Form action={sendDeletion} refusal={deletion} labelledBy="delete">
        <h2 id="delete">Delete your account</h2>
        <p className="under">Your account and all your notes are deleted at once, for good.</p>
        <NameForPasswordManagers username={username} />
        <Field
          name="confirm"
          label="Your password, to be sure"
          autoComplete="current-password"
          error={confirm}
          hasFocus={!!confirm}
        />
        <button type="submit" className="danger">
          Delete account
        </button>
      </Form>
    </>
  );
}

function NameForPasswordManagers({ username }: { username: string }) {
  return <input type="text" autoComplete="username" value={username} readOnly hidden />;
}
