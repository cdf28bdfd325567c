import { expect, test } from "vitest";
import { messageOf } from "../src/error-messages.js";
import { readSettings } from "../src/settings.js";
import { failToStart } from "./site.js";

test("a database that does not answer is named, without its password", async () => {
  const DATABASE_URL = "postgres://someone:secret@127.0.0.1:9/notes";
  const { code, stderr } = await failToStart({ PORT: "0", DATABASE_URL });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database of DATABASE_URL cannot be used\. .*ECONNREFUSED/);
  expect(stderr).not.toContain("secret");
});

test("each address of a database that does not answer is named", () => {
  const errors = ["::1", "127.0.0.1"].map((host) => new Error(`connect ECONNREFUSED ${host}:9`));
  expect(messageOf(new AggregateError(errors))).toBe(
    "connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9",
  );
});

test("a DATABASE_URL that is refused is not repeated: it may contain a password", () => {
  for (const DATABASE_URL of [
    "mysql://me:secret@host/notes",
    "mysql://me:se@cret/x@host/notes",
    "host=here password=secret",
    "me:secret@host/notes",
  ]) {
    expect(() => readSettings({ DATABASE_URL })).not.toThrow(/cret|me:|@host|here/);
    expect(() => readSettings({ DATABASE_URL })).toThrow(/^DATABASE_URL is not the URL/);
  }
});

test.each([
  [{ POCKET_ID_PORT: "abc" }, 'POCKET_ID_PORT is "abc". Expected a number from 0 to 65535'],
  [{ ORIGIN: "https://notes.example" }, 'ORIGIN is "https://notes.example", but the stand-in'],
])("the stand-in is not started with %o", async (env, words) => {
  const DATABASE_URL = "postgres://127.0.0.1:9/notes";
  const { code, stderr } = await failToStart({ DATABASE_URL, ...env }, "stand-in/start.ts");
  expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
  expect(stderr).not.toContain("NaN");
});

test("settings that are wrong are refused in words", () => {
  const right = { DATABASE_URL: "postgres://localhost/notes" };
  const provider = { OIDC_CLIENT_ID: "id", OIDC_CLIENT_SECRET: "secret" };
  for (const [env, words] of [
    [{}, /^DATABASE_URL is not set\. Expected .* `npm start hono-postgres` at the root/],
    [
      { DATABASE_URL: "mysql://me:secret@host/notes" },
      /^DATABASE_URL is not the URL of a PostgreSQL database\. Expected one such as/,
    ],
    [
      { ...right, PORT: "http" },
      'PORT is "http". Expected a number from 0 to 65535, such as 3000.',
    ],
    [
      { ...right, ORIGIN: "https://notes.example/" },
      /^ORIGIN is "https:\/\/notes\.example\/"\. Expected/,
    ],
    [{ ...right, ORIGIN: "notes.example" }, /^ORIGIN is "notes\.example"\. Expected/],
    [{ ...right, NODE_ENV: "production" }, /ORIGIN is not set\. Expected/],
    [{ ...right, ...provider }, /^OIDC_ISSUER is not set\. Expected all of/],
    [
      { ...right, OIDC_ISSUER: "https://id.example" },
      /^OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are not set\./,
    ],
    [{ ...right, ...provider, OIDC_ISSUER: "http://id.example" }, /Expected an address of HTTPS/],
  ] as const) {
    expect(() => readSettings(env)).toThrow(words);
  }
  expect(readSettings(right)).toMatchObject({ port: 3000, origin: undefined, provider: undefined });
  const OIDC_ISSUER = "http://localhost:3100";
  expect(readSettings({ ...right, ...provider, OIDC_ISSUER }).provider?.clientId).toBe("id");
});
