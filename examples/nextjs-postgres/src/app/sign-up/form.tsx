"use client";

import { useActionState } from "react";
import { Field } from "../../components/field";
import { Form, FormTitle } from "../../components/form";
import { signUp } from "./actions";

export function SignUpForm() {
  const [refusal, action] = useActionState(signUp, undefined);
  const { username, password } = refusal?.errors ?? {};
  return (
    <Form action={action} refusal={refusal}>
      <FormTitle title="Sign up" refusal={refusal} />
      <Field
        name="username"
        label="Name"
        hint="Letters, digits, - and _, at most 24."
        autoComplete="username"
        value={refusal?.typed}
        error={username}
        hasFocus={!password || !!username}
      />
      <Field
        name="password"
        label="Password"
        hint="At least 8 characters. A few words are easier to remember than a few symbols."
        autoComplete="new-password"
        error={password}
        hasFocus={!!password && !username}
      />
      <button type="submit">Sign up</button>
    </Form>
  );
}
