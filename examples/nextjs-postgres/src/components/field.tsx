/** A labelled input with its hint and its error. */
interface Field {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: "username" | "current-password" | "new-password";
  readonly hint?: string;
  readonly error?: string | undefined;
  /** What was typed before. Never given for a password. */
  readonly value?: string | undefined;
  readonly hasFocus?: boolean;
}

export function Field({ name, label, autoComplete, hint, error, value, hasFocus }: Field) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={name}
        name={name}
        type={autoComplete === "username" ? "text" : "password"}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={value}
        // biome-ignore lint/a11y/noAutofocus: the page is this form, or a form that was refused.
        autoFocus={hasFocus}
        {...describedBy(name, error, hint)}
      />
      <ErrorText name={name} error={error} />
    </div>
  );
}

/** Ties a field to its hint and its error, for those who hear the page. */
export function describedBy(name: string, error: string | undefined, hint?: string) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined };
}

export function ErrorText({ name, error }: { name: string; error: string | undefined }) {
  return error ? (
    <p className="error" id={`${name}-error`}>
      {error}
    </p>
  ) : null;
}
