import { createHook } from "node:async_hooks";
import { scryptSync } from "node:crypto";
import lucia from "lucia-auth";
import { describe, expect, test } from "vitest";
import { generateHash, validateHash } from "../src/password/scrypt.js";

/** How stock Lucia 1.8 hashes and checks. */
const stock = lucia({ env: "DEV", adapter: () => ({}) as never })["hash"];

/** How lucia-auth 0.1 and 0.2 stored a password: Node's defaults, over the password as it was typed. */
const legacy = (password: string) => {
  const salt = "a8Kd72mBqLx0Zr5T";
  return `${salt}:${scryptSync(password, salt, 64).toString("hex")}`;
};

test.each([
  ["its own", generateHash("x")],
  ["the older form", legacy("x")],
  ["bcrypt", "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"],
  ["a newer bcrypt", "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"],
  ["no hash at all", ""],
  ["four parts", "a:b:c:d"],
])("a check costs one derivation, whatever is stored: %s", async (_, hash) => {
  const stored = await hash;
  let derivations = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === "SCRYPTREQUEST") derivations += 1;
    },
  }).enable();
  await validateHash("another", stored).catch(() => {});
  hook.disable();
  expect(derivations).toBe(1);
});

describe.each(["x", "日本語のパスワード"])("the password %s", (password) => {
  test("matches its own hash, and another one does not", async () => {
    const hash = await generateHash(password);
    expect(await validateHash(password, hash)).toBe(true);
    expect(await validateHash(`${password} `, hash)).toBe(false);
  });

  test("matches a hash that stock Lucia stored, and the other way round", async () => {
    expect(await validateHash(password, await stock.generate(password))).toBe(true);
    expect(await stock.validate(password, await generateHash(password))).toBe(true);
  });

  test("matches a hash of the older form", async () => {
    expect(await validateHash(password, legacy(password))).toBe(true);
    expect(await validateHash(`${password} `, legacy(password))).toBe(false);
  });
});

describe("D11: a password that Unicode's NFKC form changes", () => {
  const password = "paſſword①";

  test("matches the hash that Lucia stored of its NFKC form", async () => {
    const hash = await stock.generate(password);
    expect(await stock.validate(password, hash)).toBe(false);
    expect(await validateHash(password, hash)).toBe(true);
    expect(await validateHash("password1", hash)).toBe(true);
  });

  test("matches a hash of the older form, which was made without NFKC", async () => {
    expect(await validateHash(password, legacy(password))).toBe(true);
  });
});

test("every hash has a salt of its own and Lucia's form", async () => {
  const [one, two] = await Promise.all([generateHash("same"), generateHash("same")]);
  expect(one).toMatch(/^s2:[a-zA-Z0-9]{16}:[0-9a-f]{128}$/);
  expect(one).not.toBe(two);
});

test.each([
  ["nothing", ""],
  ["the password itself", "correct horse"],
  ["another version", `s3:salt:${"0".repeat(128)}`],
  ["a key that is cut off", `s2:salt:${"0".repeat(64)}`],
  ["a key that is not hexadecimal", `s2:salt:${"z".repeat(128)}`],
  ["an empty key", "s2:salt:"],
  ["four parts", "s2:salt:key:more"],
  ["two empty parts", ":"],
])("%s in the place of a hash matches no password", async (_title, hash) => {
  expect(await validateHash("correct horse", hash)).toBe(false);
});

test.each<[title: string, change: (present: string) => string]>([
  ["of a version that is not known", (present) => present.replace(/^s2/, "s3")],
  ["with a part too many", (present) => `${present}:more`],
  ["of the older form with a part too many", () => `${legacy("correct horse")}:more`],
])("a hash %s matches no password, not even its own", async (_title, change) => {
  const hash = change(await generateHash("correct horse"));
  expect(await validateHash("correct horse", hash)).toBe(false);
});
