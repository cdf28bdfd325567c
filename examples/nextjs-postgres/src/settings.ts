/** What the environment decides. */
export interface Settings {
  /** `DATABASE_URL`. */
  readonly databaseUrl: string;
  /** `PORT`, or 3000. With 0, the system chooses one that is free. */
  readonly port: number;
  /** `ORIGIN`: the public address, if it is not the one that the server listens on. */
  readonly origin: string | undefined;
}

/** @throws Error that says what is missing, or what is no port or address */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return { databaseUrl: readDatabaseUrl(env), port: readPort(env), origin: readOrigin(env) };
}

function readDatabaseUrl({ DATABASE_URL }: NodeJS.ProcessEnv): string {
  if (DATABASE_URL && /^postgres(ql)?:/.test(DATABASE_URL)) return DATABASE_URL;
  // What else is there may contain a password.
  throw new Error(
    `DATABASE_URL is ${DATABASE_URL ? "no address of PostgreSQL" : "not set"}. Expected one such as ` +
      "postgres://user:password@127.0.0.1:5432/notes. At the root of the repository, " +
      "`npm start nextjs-postgres` brings a database.",
  );
}

function readPort({ PORT }: NodeJS.ProcessEnv): number {
  const text = PORT || "3000";
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`PORT is "${text}". Expected a number from 0 to 65535, such as 3000.`);
}

function readOrigin({ ORIGIN, NODE_ENV }: NodeJS.ProcessEnv): string | undefined {
  if (!ORIGIN && NODE_ENV !== "production") return undefined;
  if (ORIGIN && URL.canParse(ORIGIN) && new URL(ORIGIN).origin === ORIGIN) return ORIGIN;
  const given = ORIGIN ? `"${ORIGIN}"` : "not set, and NODE_ENV is production";
  throw new Error(
    `ORIGIN is ${given}. Expected the public address without a path, such as https://notes.example.`,
  );
}
