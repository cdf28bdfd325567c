import { expect, test } from "vitest";
import type { Cell } from "../src/proof/cells.js";
import { cannotRun, judge } from "../src/proof/verdict.js";
import type { Result } from "../src/run.js";
import { scenarios } from "../src/scenarios/index.js";
import type { Wirer } from "../src/wirings/index.js";

function cellOf(id: string, wirer: Wirer): Cell {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no ${id}.`);
  return { scenario, wirer, database: "sqlite" };
}

const held: Result = { outcome: "held", observation: { newSessions: 1 }, stderr: "" };
const failed = (observation: NonNullable<Result["observation"]>): Result => ({
  outcome: "failed",
  observation,
  stderr: "",
});

test("by hand, what fails as it is known to is as expected", () => {
  const result = failed({ openBefore: true, openAfter: true });
  expect(judge(cellOf("D18", "by-hand"), result)).toMatchObject({
    status: "fails",
    words: "still open",
    problems: [],
  });
});

test("by hand, what holds or fails in another way is not", () => {
  const { problems } = judge(cellOf("D18", "by-hand"), held);
  expect(problems).toEqual([
    "held, not failed",
    "openBefore is undefined, not true",
    "openAfter is undefined, not true",
  ]);
  const otherwise = failed({ openBefore: false, openAfter: true });
  expect(judge(cellOf("D18", "by-hand"), otherwise).problems).toEqual([
    "openBefore is false, not true",
  ]);
  const crashed: Result = { outcome: "crashed", stderr: "another error" };
  expect(judge(cellOf("D12", "by-hand"), crashed).problems).toHaveLength(1);
});

test("ours has to hold; only what it costs is told", () => {
  expect(judge(cellOf("D18", "ours"), held)).toMatchObject({ status: "holds", words: "" });
  expect(judge(cellOf("D28a", "ours"), held).words).toBe("1 new session for 5 requests");
  for (const outcome of ["failed", "hung", "crashed"] as const) {
    const { status, problems } = judge(cellOf("D28a", "ours"), { ...held, outcome });
    expect({ status, problems }).toEqual({ status: "fails", problems: [`${outcome}, not held`] });
  }
});

test("what is kept for a reason has to stay as it is by hand", () => {
  const result = failed({ otherReading: "done", newKeyOfOtherReading: "AUTH_DUPLICATE_KEY_ID" });
  expect(judge(cellOf("D27", "ours"), result)).toMatchObject({ status: "kept", problems: [] });
  expect(judge(cellOf("D27", "ours"), held)).toMatchObject({ status: "holds" });
  expect(judge(cellOf("D27", "ours"), held).problems).not.toEqual([]);
});

test("what could not be run says why, and is never as expected", () => {
  const error = new Error("D18 could not be run.", { cause: new Error("no disk\nat all") });
  const { status, words, problems } = cannotRun(cellOf("D18", "ours"), error);
  expect({ status, words, problems }).toEqual({
    status: "not run",
    words: "no disk",
    problems: ["could not be run"],
  });
});
