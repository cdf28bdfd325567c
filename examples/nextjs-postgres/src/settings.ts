/** What the environment decides for the server. */
interface Settings {
  /** `PORT`, or 3000. With 0, the system chooses one that is free. */
  readonly port: number;
  /** `ORIGIN`: the public address, if it is not the one that the server listens on. */
  readonly origin: string | undefined;
}

/** @throws Error that says what is missing, or what is no port or address */
export function readSettings(): Settings {
  databaseUrl();
  return { port: readPort(process.env), origin: readOrigin(process.env) };
}

/** The address that the server listens on. Next.js, and `server.ts`, say the port that there is in the end. */
export function localAddress(): string {
  return `http://127.0.0.1:${process.env["PORT"] || 3000}`;
}

/** The address that browsers ask for, without a path. */
export function origin(): string {
  return process.env["ORIGIN"] || localAddress();
}

/** Whether cookies travel over HTTPS only. */
export function isHttps(): boolean {
  return origin().startsWith("https:");
}

/**
 * Where the database is. A build needs none: it loads the pages, and asks for nothing.
 *
 * @throws Error where `DATABASE_URL` does not say it
 */
export function databaseUrl(): string {
  const url = process.env["DATABASE_URL"] ?? "";
  const isBuilding = process.env["NEXT_PHASE"] === "phase-production-build";
  if (isBuilding || /^postgres(ql)?:/.test(url)) return url;
  // What else is there may contain a password.
  throw new Error(
    `DATABASE_URL is ${url ? "no address of PostgreSQL" : "not set"}. Expected one such as ` +
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
