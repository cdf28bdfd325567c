import { html } from "hono/html";
import type Provider from "oidc-provider";
import { ACCOUNTS } from "./accounts.js";

type Context = Parameters<Parameters<Provider["use"]>[0]>[0];

const CHOICE = /^\/choose\/[\w-]+(?:\/(?<account>\w+))?$/;

/** Asks who somebody is, and believes it. */
export async function answerChoice(
  provider: Provider,
  context: Context,
  next: () => Promise<void>,
): Promise<void> {
  // Everybody is asked each time: one person tries several accounts here.
  if (context.path === "/auth") delete context.req.headers.cookie;
  const match = CHOICE.exec(context.path);
  if (!match) return next();
  const { uid } = await provider.interactionDetails(context.req, context.res);
  if (context.method !== "POST") {
    context.type = "html";
    context.set("Cache-Control", "no-store");
    context.body = String(page(uid));
    return;
  }
  const account = match.groups?.["account"] ?? "";
  const result = ACCOUNTS.has(account)
    ? { login: { accountId: account, remember: false }, consent: {} }
    : { error: "access_denied", error_description: "Nobody was chosen." };
  context.respond = false;
  await provider.interactionFinished(context.req, context.res, result);
}

function page(uid: string) {
  const choices = [...ACCOUNTS].map(([account, name]) => [`${account}`, `I am ${name}`] as const);
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Pocket ID, a stand-in</title>
  <style>
    body { max-width: 26rem; margin: 3rem auto; padding: 0 1rem; font: 100%/1.6 system-ui, sans-serif; }
    button { width: 100%; min-height: 2.75rem; margin-top: 0.75rem; font: inherit; }
  </style>
</head>
<body>
  <main>
    <h1>Pocket ID</h1>
    <p>This stands in for a provider of your own: it asks for no password. Who are you?</p>
    ${[...choices, ["nobody", "Cancel"] as const].map(
      ([account, label]) =>
        html`<form method="post" action="/choose/${uid}/${account}"><button>${label}</button></form>`,
    )}
  </main>
</body>
</html>`;
}
