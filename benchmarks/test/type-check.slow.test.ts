import { expect, test } from "vitest";
import { KYSELY, OURS } from "../src/contestants/names.js";
import { countInstantiations } from "../src/procedures/type-check.js";

test("an app without errors takes hardly more of TypeScript's work than the same with plain Kysely", () => {
  const { [OURS]: ours = Number.NaN, [KYSELY]: kysely = Number.NaN } = countInstantiations();
  expect(ours / kysely).toBeLessThan(1.3);
});
