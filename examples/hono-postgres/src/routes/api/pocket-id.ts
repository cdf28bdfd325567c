import { hashSessionId } from "@kysely-lucia/postgres";
import { type Context, Hono } from "hono";
import { signUpByIdentity } from "../../accounts.js";
import { sayNext } from "../../flash.js";
import { checkName } from "../../forms.js";
import { findNewcomer, forgetNewcomer, keepAttempt, type Owner } from "../../pocket-id/attempts.js";
import { forgetInBrowser, keepInBrowser, readFromBrowser } from "../../pocket-id/cookies.js";
import { nameTaken, Refusal, refuseFields } from "../../refusal.js";
import { apiForSignedIn } from "../../signed-in.js";
import { authRequest, type Site } from "../../site.js";
import { waysOf } from "../../ways.js";
import { fieldsOf } from "./fields.js";

/** Ways to Pocket ID, which come back to `/pocket-id/callback`, and the name of somebody new from there. */
export function pocketIdApi(site: Site): Hono {
  const app = new Hono();
  const { backend, provider } = site;
  if (!provider) return app;

  /** The answer says where to go on: this is called by pages of the site only, whose script goes there. */
  const begin = async (c: Context, owner: Owner | null) => {
    const { secrets, location } = await provider.begin();
    await keepAttempt(backend.db, { secrets, owner });
    keepInBrowser(c, site, "pocket_id_state", secrets.state);
    return c.json({ location: location.href });
  };

  app.post("/sign-in/pocket-id", (c) => begin(c, null));

  app.post("/account/ways/pocket-id", apiForSignedIn(site), async (c) => {
    const { user, session } = c.var;
    if ((await waysOf(backend.auth, user.userId)).includes("pocket-id")) {
      throw new Refusal(409, "way-there", "You can sign in with Pocket ID already.");
    }
    return begin(c, { userId: user.userId, session: hashSessionId(session.sessionId) });
  });

  app.post("/sign-up/pocket-id", async (c) => {
    const { username: typed } = await fieldsOf(c, "username");
    const username = typed.trim();
    const secret = readFromBrowser(c, "pocket_id_newcomer");
    const newcomer = secret && (await findNewcomer(backend.db, secret));
    if (!newcomer) {
      throw new Refusal(
        409,
        "over",
        "That took more than ten minutes, or you have a name by now. Go to Sign in and continue with Pocket ID again.",
      );
    }
    const error = checkName(username);
    if (error) throw refuseFields({ username: error });
    const session = await signUpByIdentity(backend, username, newcomer.id);
    if (session === "name") throw nameTaken(username);
    await forgetNewcomer(backend.db, secret);
    forgetInBrowser(c, "pocket_id_newcomer");
    if (session === "identity") {
      throw new Refusal(409, "over", "You have an account already. Sign in with Pocket ID.");
    }
    authRequest(site, c).setSession(session);
    sayNext(c, site, "signed-up");
    return c.json({ user: { username } }, 201);
  });

  return app;
}
