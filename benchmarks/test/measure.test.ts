import { expect, test } from "vitest";
import { alternate } from "../src/measure/alternate.js";
import { rateOf } from "../src/measure/rate.js";
import { ratioOf, slopeOf, spreadOf } from "../src/measure/statistics.js";

test("a spread is the median with its quartiles", () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
  expect(spreadOf([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75 });
});

test("a ratio compares values of the same round", () => {
  // The machine was ten times slower in the last round.
  expect(ratioOf([200, 200, 20], [100, 100, 10]).median).toBe(2);
});

test("the slope of points on a line is that of the line", () => {
  const points = [0, 1, 2, 3].map((x) => ({ x, y: 7 + 3 * x }));
  expect(slopeOf(points)).toBeCloseTo(3);
});

test("entries take turns, in another order in each round", async () => {
  const rounds = ["", "", ""];
  const entries = [{ name: "a" }, { name: "b" }, { name: "c" }];
  const values = await alternate(entries, 3, async ({ name }, round) => {
    rounds[round] += name;
    return round;
  });
  expect(rounds.map((order) => [...order].sort().join(""))).toEqual(["abc", "abc", "abc"]);
  expect(new Set(rounds).size).toBe(3);
  expect(values).toEqual({ a: [0, 1, 2], b: [0, 1, 2], c: [0, 1, 2] });
});

test("a round has as many calls at a time as asked for, and ends after the last one allowed", async () => {
  let [calls, running, most] = [0, 0, 0];
  const once = async () => {
    calls += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
  };
  const rate = await rateOf(once, { ms: 60_000, inFlight: 3, atMost: 10 });
  expect({ calls, running, most }).toEqual({ calls: 10, running: 0, most: 3 });
  expect(rate).toBeGreaterThan(0);
});
