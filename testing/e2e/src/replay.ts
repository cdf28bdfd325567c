import type { Page } from "playwright-core";
import { fillIn } from "./person.js";
import type { Stage } from "./stage.js";

/** A form of the site as somebody else can put it into a page. */
export interface FormCopy {
  readonly button: string;
  readonly html: string;
}

/** What a browser has sent to the site, for somebody else to send it again. */
export interface RequestCopy {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Forms with all that is in them, hidden fields too, sent to where they lead from the page that they are in. */
const COPY_FORMS = `[...document.forms].filter(({ method }) => method === "post").map((form) => {
  const button = form.querySelector("button");
  const name = button.getAttribute("aria-label") ?? button.textContent.trim();
  for (const field of form.querySelectorAll("input")) field.setAttribute("value", field.value);
  for (const field of form.querySelectorAll("textarea")) field.textContent = field.value;
  form.setAttribute("action", new URL(form.getAttribute("action") ?? "", location.href));
  return { button: name, html: form.outerHTML };
})`;

/** Copies the forms of a page, filled in, as it is sent to this person, before any script changes it. */
export async function copyForms(
  stage: Stage,
  page: Page,
  address: string,
  fields: Readonly<Record<string, string>>,
): Promise<FormCopy[]> {
  const storageState = await page.context().storageState();
  const still = await stage.openBrowser({ javaScript: "off", storageState });
  await still.goto(address);
  await fillIn(still, fields);
  return still.evaluate<FormCopy[]>(COPY_FORMS);
}

/** Copies what a page sends while `work` is done. */
export async function copyRequests(
  page: Page,
  work: () => Promise<unknown>,
): Promise<RequestCopy[]> {
  const copies: RequestCopy[] = [];
  page.on("request", (request) => {
    const [url, method, headers] = [request.url(), request.method(), request.headers()];
    if (method !== "GET") copies.push({ url, method, headers, body: request.postData() });
  });
  await work();
  page.removeAllListeners("request");
  return copies;
}

/** What scripts may not set by themselves. */
const OF_THE_BROWSER = /^(user-agent|referer|origin|host|cookie|content-length|upgrade-.*|sec-.*)$/;

/**
 * Sends a copy from the page that is open: with all of its headers, which a browser first asks the site about, and
 * in the two ways in which it does not ask.
 */
export async function sendCopy(page: Page, { url, method, headers, body }: RequestCopy) {
  const own = Object.entries(headers).filter(([name]) => !OF_THE_BROWSER.test(name));
  const { "content-type": type = "text/plain" } = headers;
  for (const way of [
    { mode: "cors", headers: Object.fromEntries(own) },
    { mode: "no-cors", headers: { "content-type": type } },
    { mode: "no-cors", headers: { "content-type": "text/plain" } },
  ]) {
    const options = JSON.stringify({ ...way, method, body, credentials: "include" });
    await page.evaluate(`fetch(${JSON.stringify(url)}, ${options}).then(() => {}, () => {})`);
  }
}
