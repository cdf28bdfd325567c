"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { type Errors, hasErrors } from "../forms";

/** What a refused form has to say. */
interface Refusal<Field extends string> {
  readonly errors: Errors<Field>;
  /** What was typed, but for passwords. */
  readonly typed?: string;
}

/** A server action that sends the browser on, or refuses the form. */
export type FormAction<Field extends string> = (
  before: Refusal<Field> | undefined,
  form: FormData,
) => Promise<Refusal<Field> | undefined>;

interface Form {
  readonly action: (form: FormData) => void;
  readonly refusal: Refusal<string> | undefined;
  readonly labelledBy?: string;
  readonly children: ReactNode;
}

/** A form for a server action. It works before, and without, the JavaScript of the page. */
export function Form({ action, refusal, labelledBy, children }: Form) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [refusal]);
  return (
    <form ref={form} action={action} className="card" aria-labelledby={labelledBy} noValidate>
      {children}
    </form>
  );
}

/** The title of a page with forms, which is read out first, says that one was filled in wrongly. */
export function FormTitle({ title, refusal }: { title: string; refusal: Form["refusal"] }) {
  const isRefused = refusal && hasErrors(refusal.errors);
  return <title>{`${isRefused ? "Please check: " : ""}${title} · Pocket notes`}</title>;
}
