import { expect, test } from "vitest";
import { KYSELY, OURS } from "../src/contestants/names.js";
import { countInstantiations, timeTypeChecks } from "../src/procedures/type-check.js";

test("the apps whose types are timed have no errors", async () => {
  const values = await timeTypeChecks(1, () => {});
  expect(Object.keys(values)).toEqual([OURS, KYSELY]);
  for (const [time = 0] of Object.values(values)) expect(time).toBeGreaterThan(0);
});

test("an app takes hardly more of TypeScript's work than the same with plain Kysely", () => {
  const { [OURS]: ours = Number.NaN, [KYSELY]: kysely = Number.NaN } = countInstantiations();
  expect(ours / kysely).toBeLessThan(1.3);
});
