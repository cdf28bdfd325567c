/** What the environment decides. */
export interface Settings {
  /** `DATABASE_URL` */
  readonly databaseUrl: string;
  /** `PORT`, or 3000. With 0, the system chooses one that is free. */
  readonly port: number;
  /** `ORIGIN`, the address that browsers know the site by. Without it: 127.0.0.1 with the port. */
  readonly origin: string | undefined;
  /** A provider of OpenID Connect. Without it, the site works with passwords alone. */
  readonly provider: ProviderSettings | undefined;
}

/** `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET`, as the provider has given them. */
export interface ProviderSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** @throws Error that says which variable is wrong and what is expected of it */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const databaseUrl = env["DATABASE_URL"] ?? "";
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Error(
      // What else is there may contain a password.
      `DATABASE_URL is ${databaseUrl ? "not the URL of a PostgreSQL database" : "not set"}. ` +
        "Expected one such as postgres://user@localhost/notes. " +
        "`npm start hono-postgres` at the root of the repository brings one.",
    );
  }
  return {
    databaseUrl,
    port: readPort(env, "PORT", 3000),
    origin: readOrigin(env),
    provider: readProvider(env),
  };
}

/** @throws Error for what is no port; without any, it is `usual` */
export function readPort(env: NodeJS.ProcessEnv, name: string, usual: number): number {
  const text = env[name] || String(usual);
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${name} is "${text}". Expected a number from 0 to 65535, such as ${usual}.`);
}

function readOrigin(env: NodeJS.ProcessEnv): string | undefined {
  const text = env["ORIGIN"];
  const expected =
    "Expected the address that browsers know the site by, such as https://notes.example";
  if (text) {
    if (urlOf(text)?.origin === text && /^https?:/.test(text)) return text;
    throw new Error(
      `ORIGIN is "${text}". ${expected}, without a path and without a slash at the end.`,
    );
  }
  if (env["NODE_ENV"] !== "production") return undefined;
  throw new Error(`NODE_ENV is "production" and ORIGIN is not set. ${expected}.`);
}

const PROVIDER = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

function readProvider(env: NodeJS.ProcessEnv): ProviderSettings | undefined {
  const [issuer, clientId, clientSecret] = PROVIDER.map((name) => env[name]);
  if (!issuer && !clientId && !clientSecret) return undefined;
  if (!issuer || !clientId || !clientSecret) {
    const missing = PROVIDER.filter((name) => !env[name]).join(" and ");
    throw new Error(
      `${missing} ${missing.includes(" ") ? "are" : "is"} not set. Expected all of ${PROVIDER.join(", ")}, as the ` +
        "provider has given them, or none of them for a site with passwords alone.",
    );
  }
  const url = urlOf(issuer);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url))) {
    return { issuer: url, clientId, clientSecret };
  }
  throw new Error(
    `OIDC_ISSUER is "${issuer}". Expected an address of HTTPS, such as https://id.example, or one of this machine.`,
  );
}

/** Whether what is sent there does not leave this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "127.0.0.1" || hostname === "localhost" || hostname === "[::1]";
}

export function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
