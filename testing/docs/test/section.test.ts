import { expect, test } from "vitest";
import { sectionOf, withSection } from "../src/section.js";

test("a document gets text between its markers, and nothing else is touched", () => {
  const document = "before\n<!-- proof:begin -->\nold\n<!-- proof:end -->\nafter\n";
  const written = withSection(document, "proof", "new");
  expect(written).toBe("before\n<!-- proof:begin -->\n\nnew\n\n<!-- proof:end -->\nafter\n");
  expect(sectionOf(written, "proof")).toBe("new");
  expect(() => withSection(document, "matrix", "new")).toThrow("matrix:begin");
});
