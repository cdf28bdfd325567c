const USAGE = `with-database runs a command with a database.

  with-database postgres -- <command> [arguments …]
  with-database mysql -- <command> [arguments …]

The command finds the database in DATABASE_URL. If that is set already, it is used as it is. Else a server is
started for the command and ends with it.`;

/** What a `DATABASE_URL` begins with, and one as an example. */
const URLS = {
  postgres: {
    pattern: /^postgres(ql)?:\/\//,
    example: "postgres://user:password@localhost/notes",
  },
  mysql: { pattern: /^mysql:\/\//, example: "mysql://user:password@localhost/notes" },
} as const;

export type DatabaseKind = keyof typeof URLS;

interface Settings {
  readonly kind: DatabaseKind;
  readonly command: readonly [program: string, ...args: string[]];
  /** The environment for the command, where `DATABASE_URL` may still be missing. */
  readonly env: NodeJS.ProcessEnv;
}

/** Something was asked for that cannot be done. */
export class SettingsError extends Error {}

/**
 * Where none are given: `PORT` 3000, and as `ORIGIN` the address with that port. A site in production has to say by
 * itself what its address is.
 *
 * @throws SettingsError that says what was given and what is expected
 */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const [kind = "", separator, program, ...rest] = args;
  if (!isKind(kind)) {
    throw new SettingsError(
      kind === ""
        ? USAGE
        : `There is no database "${kind}". Expected postgres or mysql.\n\n${USAGE}`,
    );
  }
  if (separator !== "--" || program === undefined) {
    const given = args.slice(1).join(" ");
    throw new SettingsError(
      `After ${kind}, "--" and a command are expected, but there is ${given ? `"${given}"` : "nothing"}.\n\n${USAGE}`,
    );
  }
  checkUrl(kind, env["DATABASE_URL"]);
  const PORT = checkPort(env["PORT"] || "3000");
  // Not of a public site, nor of one whose port the system chooses.
  const isKnown = env["NODE_ENV"] !== "production" && Number(PORT) !== 0;
  const ORIGIN = env["ORIGIN"] || (isKnown ? `http://127.0.0.1:${PORT}` : undefined);
  return { kind, command: [program, ...rest], env: { ...env, PORT, ...(ORIGIN && { ORIGIN }) } };
}

/** A URL such as is expected, for a person to copy. */
export function exampleUrl(kind: DatabaseKind): string {
  return URLS[kind].example;
}

function isKind(kind: string): kind is DatabaseKind {
  return Object.hasOwn(URLS, kind);
}

/** Says nothing of what comes after the protocol, which may be a password. */
function checkUrl(kind: DatabaseKind, url: string | undefined): void {
  if (!url || URLS[kind].pattern.test(url)) return;
  const protocol = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0];
  throw new SettingsError(
    `DATABASE_URL ${protocol ? `begins with ${protocol}` : "is not a URL"}. ` +
      `Expected one such as ${exampleUrl(kind)}, or none, for a server that is started for the command.`,
  );
}

function checkPort(port: string): string {
  if (/^\d+$/.test(port) && Number(port) <= 65_535) return port;
  throw new SettingsError(`PORT is "${port}". Expected a number from 0 to 65535, such as 3000.`);
}
