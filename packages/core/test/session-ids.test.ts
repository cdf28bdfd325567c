import { expect, test } from "vitest";
import { hashSessionId } from "../src/index.js";

test("a session's id is hashed once, however often it is asked for", () => {
  // printf abc | sha256sum
  const hashed = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(hashSessionId("abc")).toBe(hashed);
  expect(hashSessionId(hashed)).toBe(hashed);
});

test.each([undefined, null, 7, ["abc"]])("what is no id is refused: %j", (id) => {
  expect(() => hashSessionId(id as never)).toThrow(/^hashSessionId was given .* a string\.$/);
});
