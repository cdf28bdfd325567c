import { Hono } from "hono";
import { sayNext } from "../../flash.js";
import { Refusal } from "../../refusal.js";
import { apiForSignedIn, type SignedIn } from "../../signed-in.js";
import type { Site } from "../../site.js";
import { isWay, removeWay, waysOf } from "../../ways.js";

/** The ways to sign in of whoever is signed in. */
export function wayApi(site: Site): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const { backend } = site;
  const signedIn = apiForSignedIn(site);

  app.get("/account/ways", signedIn, async (c) => {
    const ways = await waysOf(backend.auth, c.var.user.userId);
    return c.json({ ways });
  });

  app.post("/account/ways/:way/remove", signedIn, async (c) => {
    const way = c.req.param("way");
    const left = isWay(way) ? await removeWay(backend, c.var.user, way) : "not there";
    if (left === "not there") {
      sayNext(c, site, "way-gone");
      throw new Refusal(404, "gone", "That way to sign in was not there any more.");
    }
    if (left === "the last one") {
      throw new Refusal(
        409,
        "last-way",
        "This is your only way to sign in, so it stays. Add another one first.",
      );
    }
    c.var.setSession(left);
    sayNext(c, site, "way-removed");
    return c.body(null, 204);
  });

  return app;
}
