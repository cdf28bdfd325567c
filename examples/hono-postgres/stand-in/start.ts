/**
 * Starts the site, with the stand-in for Pocket ID on a port of its own (`POCKET_ID_PORT`, or 3100),
 * unless `OIDC_ISSUER` names a provider.
 */
import { isLoopback, readPort, urlOf } from "../src/settings.js";
import { startStandIn } from "./pocket-id.js";

if (!process.env["OIDC_ISSUER"]) {
  try {
    const { environment } = await open(process.env);
    Object.assign(process.env, environment);
    console.log(`Pocket ID, a stand-in, is at ${environment["OIDC_ISSUER"]}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

await import("../src/server.js");

/** @throws Error that says which variable is wrong and what is expected of it */
async function open(env: NodeJS.ProcessEnv) {
  refusePublicSite(env["ORIGIN"] ?? "");
  const port = readPort(env, "POCKET_ID_PORT", 3100);
  try {
    return await startStandIn(port);
  } catch (cause) {
    throw new Error(
      `The stand-in for Pocket ID cannot use port ${port} (${cause}). Choose another one, such as POCKET_ID_PORT=3101.`,
      { cause },
    );
  }
}

/** The stand-in asks for no password. What is no address at all, the site itself refuses. */
function refusePublicSite(origin: string): void {
  const url = urlOf(origin);
  if (!url || isLoopback(url)) return;
  throw new Error(
    `ORIGIN is "${origin}", but the stand-in for Pocket ID lets anybody in as anybody. Expected an address of this ` +
      "machine, such as http://127.0.0.1:3000, or your own provider in OIDC_ISSUER, OIDC_CLIENT_ID and " +
      "OIDC_CLIENT_SECRET. Without any, `npm run serve` starts a site with passwords alone.",
  );
}
