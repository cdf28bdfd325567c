/**
 * Starts the site, with the stand-in for Pocket ID on a port of its own (`POCKET_ID_PORT`, or 3100),
 * unless `OIDC_ISSUER` names a provider.
 */
import { startStandIn } from "./pocket-id.js";

const port = Number(process.env["POCKET_ID_PORT"] || 3100);

if (!process.env["OIDC_ISSUER"]) {
  try {
    const { environment } = await startStandIn(port);
    Object.assign(process.env, environment);
    console.log(`Pocket ID, a stand-in, is at ${environment["OIDC_ISSUER"]}`);
  } catch (error) {
    console.error(
      `The stand-in for Pocket ID cannot use port ${port} (${error}). Choose another one, such as POCKET_ID_PORT=3101.`,
    );
    process.exit(1);
  }
}

await import("../src/server.js");
