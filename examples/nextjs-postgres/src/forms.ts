const MAX_NAME = 24;
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 200;
const MAX_NOTE = 1000;

/** What is wrong with each field, in words for the person who filled it in. */
export type Errors<Field extends string> = { readonly [F in Field]?: string | undefined };

/**
 * Reads text fields of a form. A field that is missing, a file, or there more than once counts as empty, and
 * so does everything where no form arrives: a server action can be called with anything.
 */
export function readFields<Field extends string>(
  form: unknown,
  ...fields: readonly Field[]
): Record<Field, string> {
  const entries = fields.map((field) => {
    const [value, ...others] = form instanceof FormData ? form.getAll(field) : [];
    return [field, typeof value === "string" && others.length === 0 ? value : ""] as const;
  });
  return Object.fromEntries(entries) as Record<Field, string>;
}

export function hasErrors(errors: Errors<string>): boolean {
  return Object.values(errors).some((error) => error !== undefined);
}

export function checkName(name: string): string | undefined {
  if (name === "") return "Choose a name.";
  if (name.length > MAX_NAME) return `This name is too long: ${MAX_NAME} characters at most.`;
  if (!/^[a-z0-9_-]+$/i.test(name)) return "Only letters from a to z, digits, - and _, please.";
  return undefined;
}

export function checkNewPassword(password: string): string | undefined {
  if (password === "") return "Choose a password.";
  if ([...password].length < MIN_PASSWORD) {
    return `This password is too short: ${MIN_PASSWORD} characters at least.`;
  }
  if (password.length > MAX_PASSWORD) {
    return `This password is too long: ${MAX_PASSWORD} characters at most.`;
  }
  return undefined;
}

export function checkNote(body: string): string | undefined {
  if (body === "") return "Write something first.";
  const tooMany = [...body].length - MAX_NOTE;
  if (tooMany <= 0) return undefined;
  return `This note is too long by ${tooMany} ${tooMany === 1 ? "character" : "characters"}: ${MAX_NOTE} at most.`;
}

/** As it is stored: browsers send line ends as CR LF. */
export function tidyNote(body: string): string {
  return body.replaceAll("\r\n", "\n").trim();
}
