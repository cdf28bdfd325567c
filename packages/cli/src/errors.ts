import { inspect } from "node:util";

/** What the program ends with. The help and the README say so too. */
export const EXIT = {
  /** All is well, or was done. */
  ok: 0,
  /** Something was found that is not as it should be. */
  found: 1,
  /** It was called wrongly, or told of a file or a configuration that cannot work. */
  usage: 2,
  /** It could not do what it was asked to: no driver, no connection, an error of the database. */
  failed: 3,
  /** What shells make of Ctrl+C. */
  interrupted: 130,
} as const;

/** What a person can mend, told in one message without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(
    message: string,
    readonly exitCode: number = EXIT.usage,
  ) {
    super(message);
  }
}

/** Somebody does not want it to go on. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}

/** Node.js gives what failed for several addresses an empty message. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === "string" ? error : inspect(error);
  const inner = error instanceof AggregateError ? error.errors : [];
  return error.message || inner.map((one) => Object(one).message).join("; ") || error.name;
}

/** What to do about what databases and systems say in a few words, by their codes. */
const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [
    /^ECONNREFUSED$/,
    "Nothing listens there: check the host and the port, and whether the server runs.",
  ],
  [/^(ENOTFOUND|EAI_AGAIN)$/, "There is no such host: check its name."],
  [
    /^(ETIMEDOUT|EHOSTUNREACH)$/,
    "The host does not answer: check its name, the port and firewalls.",
  ],
  [/^(28P01|28000|ER_ACCESS_DENIED_ERROR)$/, "Check the user and the password."],
  [/^(3D000|ER_BAD_DB_ERROR)$/, "Check the name of the database."],
  [
    /^SQLITE_BUSY/,
    "Another process writes to this file, or has left a transaction open: end that, and run this again.",
  ],
  [/^SQLITE_CANTOPEN/, "Check the path of the file, and the rights on it and on its folder."],
];

/** An error's message, with what to do about it where that is known. */
export function explain(error: unknown): string {
  const said = messageOf(error);
  const advice = adviceOn(error);
  return advice ? `${said.replace(/\.$/, "")}. ${advice}` : said;
}

function adviceOn(error: unknown): string | undefined {
  if (error instanceof CliError || isConfigurationError(error)) return undefined;
  const { code, cause, errors = [] } = Object(error);
  const codes = [code, Object(cause).code, ...errors.map((one: unknown) => Object(one).code)];
  return ADVICE.find(([wanted]) => codes.some((one) => wanted.test(String(one))))?.[1];
}

/** Judged by its name: it may come from another copy of the packages. It says by itself what to do. */
export function isConfigurationError(error: unknown): boolean {
  return Object(error).name === "ConfigurationError";
}
