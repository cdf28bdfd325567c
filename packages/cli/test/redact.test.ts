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
  ["postgres://ada@host/app", "ada at host", "ada at host"],
  [undefined, "as it is", "as it is"],
])("of %s, %j is shown as %j", (url, text, shown) => {
  expect(redactText(text, url)).toBe(shown);
});
