import type { KyselyConfig, LogEvent } from "kysely";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Context } from "../context.js";
import { rejectionOf } from "../support/calls.js";

/** Which queries reach the app's log at all, and what is said of those that fail. */
export function logLevelsTests({ start }: Context): void {
  const taken = { primaryKey: null, attributes: { username: "the-name-of-ada" } };

  /** The instance, and what Kysely prints with these levels. */
  const printing = async (log: NonNullable<KyselyConfig["log"]>) => {
    const printed: string[] = [];
    const print = (...said: unknown[]) => void printed.push(said.join(" "));
    vi.spyOn(console, "log").mockImplementation(print);
    vi.spyOn(console, "error").mockImplementation(print);
    onTestFinished(() => void vi.restoreAllMocks());
    const started = await start({ kysely: { log } });
    printed.length = 0;
    return { ...started, said: () => printed.join("\n") };
  };

  describe("the levels of a log", () => {
    test("Kysely's own printing repeats no values of auth queries, and those of the app's as ever", async () => {
      const { auth, db, said } = await printing(["query", "error"]);
      await auth.createUser(taken);
      await rejectionOf(auth.createUser(taken));
      expect(said()).toMatch(/kysely:query: insert into .*auth_user/);
      expect(said()).toMatch(/kysely:error: Error: An auth query failed/);
      expect(said()).not.toContain("the-name-of-ada");

      const nowhere = db.selectFrom("nowhere" as "note").selectAll();
      await rejectionOf(nowhere.execute());
      expect(said()).toMatch(/kysely:error: .*nowhere/);
    });

    test.each([
      ["query", "error"],
      ["error", "query"],
    ] as const)("with %s alone, Kysely prints no %s", async (level, other) => {
      const { auth, said } = await printing([level]);
      await auth.createUser(taken);
      await rejectionOf(auth.createUser(taken));
      expect(said()).toContain(`kysely:${level}:`);
      expect(said()).not.toContain(`kysely:${other}:`);
    });

    test("a function is told both: of a failed auth query the driver's code, of another one no error", async () => {
      const events: LogEvent[] = [];
      const { auth } = await start({ kysely: { log: (event) => void events.push(event) } });
      events.length = 0;
      await auth.createUser(taken);
      expect(events.length).toBeGreaterThan(0);
      for (const event of events) {
        expect(event.level).toBe("query");
        expect(event).not.toHaveProperty("error");
      }

      const thrown = Object(await rejectionOf(auth.createUser(taken)));
      expect(thrown.code).toBeTypeOf("string");
      const errors = events.flatMap((event) => (event.level === "error" ? [event.error] : []));
      expect(errors).toEqual([new Error(`An auth query failed: ${thrown.code}`)]);
    });
  });
}
