import { expect, test } from "vitest";
import { redactText } from "../src/redact.js";

test.each([
  ["postgres://ada:hunter2@host/app", "no hunter2 here", "no *** here"],
  ["postgres://ada:p%40ssword@host/app", "p@ssword or p%40ssword", "*** or ***"],
  ["postgres://ada:12/secret@host/app", 'database "secret@host/app"', 'database "***@host/app"'],
  [
    "postgres://ada:a@bcd@host/app",
    "getaddrinfo ENOTFOUND bcd@host",
    "getaddrinfo ENOTFOUND ***@host",
  ],
  ["postgres:///app?user=ada&password=hunter2", "hunter2 for ada", "*** for ada"],
  ["mysql://host/app?passphrase=h%2Funter2", "h/unter2, h%2Funter2", "***, ***"],
  ["postgres:///app?password=a%2Fb=c", "a%2Fb=c, a/b=c", "***, ***"],
  ["postgres://ada@srv:hunter2@srv/app", "hunter2", "***"],
  ["mysql://ada:hun?ter&two@host/app", "hun, ter and two@host", "***, *** and ***@host"],
  ["postgres:///ada:hunter2@host/app", 'database "ada:hunter2@host"', 'database "ada:***@host"'],
  ["postgres:/ada:hunter2@host/app", "hunter2", "***"],
  ["--url=postgres:ada:hunter2@host/app", "postgres:ada:hunter2@host", "postgres:ada:***@host"],
  ["postgres://a/da:hunter2@host/app", "hunter2", "***"],
  ["postgres://ada@host/app", "ada at host", "ada at host"],
  ["postgres://ada:50%@host/app", "of 50%@host", "of ***@host"],
])("of %s, %j is shown as %j", (url, text, shown) => {
  expect(redactText(text, [url])).toBe(shown);
});

test("what nobody has named is shown without what stands before the host", () => {
  const text = "cannot reach mysql://ada:hunter2@host/app, nor postgres://host/app";
  expect(redactText(text, [])).toBe("cannot reach mysql://***@host/app, nor postgres://host/app");
});

test("of several URLs, a secret that contains another one is hidden as a whole", () => {
  const urls = ["postgres://ada:hunter@host/app", "postgres://bob:hunter2@host/app"];
  expect(redactText("hunter2, hunter", urls)).toBe("***, ***");
});
