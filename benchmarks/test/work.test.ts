import { expect, test } from "vitest";
import type { Running } from "../src/contestants/contestant.js";
import { userId } from "../src/tables/ids.js";
import { lucia1Tables } from "../src/tables/lucia1.js";
import { validate, validateIdle } from "../src/work/validate.js";
import { world } from "../src/work/work.js";
import { Sample } from "../src/worker/sample.js";

const WORLD = world({ users: 50, sessionsPerUser: 2 });

function newSample(): Sample {
  const sample = new Sample(WORLD);
  sample.credentialsOf(lucia1Tables, 1, "sqlite");
  sample.beginRound(0);
  return sample;
}

const check = (running: Omit<Running, "close">) =>
  validate.begin({ ...running, close: async () => {} }, newSample())?.check();

const validatedUser = (result: unknown) => result as string | undefined;

test("a contestant that finds somebody else is not measured", async () => {
  const checked = check({ validate: async () => "somebody", validatedUser });
  await expect(checked).rejects.toThrow("the user of a session");
});

test("a contestant that takes any session for the right one is not measured", async () => {
  const right = newSample().userIdOfNext();
  const checked = check({ validate: async () => right, validatedUser });
  await expect(checked).rejects.toThrow("the user of a wrong session");
});

test("what a contestant cannot do is left out", () => {
  const running: Running = { validate: async () => "", validatedUser, close: async () => {} };
  expect(validate.begin({ close: running.close }, newSample())).toBeUndefined();
  expect(validateIdle.begin(running, newSample())).toBeUndefined();
});

test("a sample has every session once, in the same order for all, and knows whose it is", () => {
  const [one, other] = [newSample(), newSample()];
  const drawn = Array.from({ length: one.size }, () => one.nextCredential());
  expect(new Set(drawn).size).toBe(WORLD.users * WORLD.sessionsPerUser);
  expect(Array.from({ length: one.size }, () => other.nextCredential())).toEqual(drawn);
  expect(drawn).not.toEqual([...drawn].sort());

  const owners = Array.from({ length: one.size }, () => one.nextUserId());
  for (let user = 0; user < WORLD.users; user++) {
    expect(owners.filter((owner) => owner === userId(user))).toHaveLength(2);
  }
});
