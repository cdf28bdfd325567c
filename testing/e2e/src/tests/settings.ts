import { expect, test } from "vitest";
import { failToStart } from "../site.js";
import type { Stage } from "../stage.js";

/** What sites that are given the URL of a database expect of their environment. */
export function testSettings(stage: Stage): void {
  const { example } = stage;

  test("without a DATABASE_URL it says what is expected, and how to have a database", async () => {
    const { code, said } = await failToStart(example, { DATABASE_URL: "" });
    expect(code).not.toBe(0);
    expect(said).toContain("DATABASE_URL");
    expect(said).toContain(`npm start ${example.name}`);
  });

  test("in production it does not guess its own address", async () => {
    const env = { ...stage.database.env, NODE_ENV: "production" };
    const { code, said } = await failToStart(example, env);
    expect(code).not.toBe(0);
    expect(said).toContain("ORIGIN");
  });
}
