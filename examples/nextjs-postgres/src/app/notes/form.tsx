"use client";

import { useActionState } from "react";
import { describedBy, ErrorText } from "../../components/field";
import { Form, FormTitle } from "../../components/form";
import { addNote } from "./actions";

export function NoteForm() {
  const [refusal, action] = useActionState(addNote, undefined);
  const error = refusal?.errors.body;
  return (
    <Form action={action} refusal={refusal}>
      <FormTitle title="Notes" refusal={refusal} />
      <div className="field">
        <label htmlFor="body">A new note</label>
        <textarea
          id="body"
          name="body"
          rows={5}
          defaultValue={refusal?.typed}
          // biome-ignore lint/a11y/noAutofocus: only where it was refused.
          autoFocus={!!error}
          {...describedBy("body", error)}
        />
        <ErrorText name="body" error={error} />
      </div>
      <button type="submit">Add note</button>
    </Form>
  );
}
