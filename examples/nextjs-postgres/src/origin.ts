/** The address that the server listens on. Next.js, and `server.ts`, say the port that there is in the end. */
export const LOCAL = `http://127.0.0.1:${process.env["PORT"] || 3000}`;

/** The address that browsers ask for, without a path. */
export const ORIGIN = process.env["ORIGIN"] || LOCAL;
