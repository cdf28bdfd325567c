"use client";

import { useActionState } from "react";
import { Field } from "../../components/field";
import { Form, FormTitle } from "../../components/form";
import { signIn } from "./actions";

export function SignInForm() {
  const [refusal, action] = useActionState(signIn, undefined);
  const { username, password } = refusal?.errors ?? {};
  return (
    <Form action={action} refusal={refusal}>
      <FormTitle title="Sign in" refusal={refusal} />
      <Field
        name="username"
        label="Name"
        autoComplete="username"
        value={refusal?.typed}
        error={username}
        hasFocus={!password || !!username}
      />
      <Field
        name="password"
        label="Password"
        autoComplete="current-password"
        error={password}
        hasFocus={!!password && !username}
      />
      <button type="submit">Sign in</button>
    </Form>
  );
}
