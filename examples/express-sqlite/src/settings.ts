import { fileURLToPath } from "node:url";

/** What the environment decides. */
export interface Settings {
  /** The database file: `DATABASE`, or `demo.db` in the folder of this example. */
  readonly file: string;
  /** `PORT`, or 3000. With 0, the system chooses one that is free. */
  readonly port: number;
  /** `PROD` with `NODE_ENV=production`: session cookies then travel over HTTPS only. */
  readonly env: "DEV" | "PROD";
}

/** @throws Error for a `PORT` that is no port */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const text = env["PORT"] || "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`PORT is "${text}". Expected a number from 0 to 65535, such as 3000.`);
  }
  return {
    file: env["DATABASE"] || fileURLToPath(new URL("../demo.db", import.meta.url)),
    port,
    env: env["NODE_ENV"] === "production" ? "PROD" : "DEV",
  };
}
