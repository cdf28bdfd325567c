import type { DatabaseKind } from "./database.js";

/** A site as the end-to-end tests have to know it. */
export interface Example {
  /** Its folder in `examples`. */
  readonly name: string;
  readonly database: DatabaseKind;
  /**
   * Serves the site, from its folder, as what was built. The program itself: `pnpm run` around it would keep signals
   * to itself.
   */
  readonly serve: readonly [program: string, ...args: string[]];
  /**
   * Who sends its forms: "plain", the browser, as there is no JavaScript; "scripted", JavaScript; "enhanced", JavaScript,
   * and the browser where that is switched off, in which the walk is then repeated.
   */
  readonly forms: "plain" | "scripted" | "enhanced";
  /** What its sign-up asks for beside a name and a password, by label. */
  readonly signUpFields?: (name: string) => Readonly<Record<string, string>>;
}

const NODE = process.execPath;

export const expressSqlite: Example = {
  name: "express-sqlite",
  database: "sqlite",
  serve: [NODE, "--import", "tsx", "--conditions=@kysely-lucia/source", "src/server.ts"],
  forms: "plain",
};

export const honoPostgres: Example = {
  name: "hono-postgres",
  database: "postgres",
  serve: [NODE, "--import", "tsx", "--conditions=@kysely-lucia/source", "src/server.ts"],
  forms: "scripted",
};

export const nextjsPostgres: Example = {
  name: "nextjs-postgres",
  database: "postgres",
  serve: [NODE, "--import", "tsx", "src/server.ts"],
  forms: "enhanced",
};

export const sveltekitMysql: Example = {
  name: "sveltekit-mysql",
  database: "mysql",
  serve: [NODE, "server.js"],
  forms: "enhanced",
  signUpFields: (name) => ({ "E-mail": `${name}@example.com` }),
};
