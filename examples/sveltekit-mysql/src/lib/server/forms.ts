const MAX_NAME = 24;
const MAX_EMAIL = 254;
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 200;
const MAX_NOTE = 1000;

/** What is wrong with each field, in words for the person who filled it in. */
export type Errors<Field extends string> = { readonly [F in Field]?: string | undefined };

/** Reads text fields of a posted form. A field that is missing, came twice, or is a file counts as empty. */
export async function readFields<Field extends string>(
  request: Request,
  ...fields: readonly Field[]
): Promise<Record<Field, string>> {
  const form = await request.formData();
  const entries = fields.map((field) => {
    const [value, ...others] = form.getAll(field);
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

/** One address, and nothing that a mailer might take for several, or for a name beside it. */
export function checkEmail(email: string): string | undefined {
  if (email === "") return "Type your e-mail.";
  if (email.length > MAX_EMAIL) return `This e-mail is too long: ${MAX_EMAIL} characters at most.`;
  if (/^[^\s\p{C}@<>(),;:"[\]\\]+@[^\s\p{C}@<>(),;:"[\]\\]+$/u.test(email)) return undefined;
  return "This is no e-mail. Expected is one such as ada@example.com.";
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

/** Whether there can be a note with this number: the database is not asked for anything else. */
export function isNoteId(id: string): boolean {
  return /^[0-9]{1,9}$/.test(id);
}

/** As it is stored: browsers send line ends as CR LF. */
export function tidyNote(body: string): string {
  return body.replaceAll("\r\n", "\n").trim();
}
