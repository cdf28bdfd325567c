import { expect, test } from "vitest";
import { readArguments } from "../src/cli/arguments.js";
import { FULL, QUICK } from "../src/settings.js";
import { targets } from "../src/targets.js";
import { works } from "../src/work/index.js";

const namesOf = (...args: string[]) => readArguments(args).procedures.map(({ name }) => name);

test("without arguments it is everything", () => {
  const asked = readArguments([]);
  expect(asked.isComplete).toBe(true);
  expect(asked.settings).toBe(FULL);
  expect(asked.dialects).toEqual(["sqlite", "postgres", "mysql"]);
});

test("--quick is SQLite alone, unless others are asked for", () => {
  expect(readArguments(["--quick"])).toMatchObject({ settings: QUICK, dialects: ["sqlite"] });
  expect(readArguments(["--quick", "--on", "mysql"]).dialects).toEqual(["mysql"]);
});

test("--only takes names, and beginnings of names", () => {
  expect(namesOf("--only", "validate")).toEqual(["validate"]);
  expect(namesOf("--only", "create,app-join")).toEqual([
    "create-session-1",
    "create-session-10",
    "create-session-1000",
    "app-join",
  ]);
  expect(readArguments(["--only", "validate"]).isComplete).toBe(false);
});

test("what is not there, and --write for a part, are refused", () => {
  expect(() => readArguments(["--on", "oracle"])).toThrow('not "oracle"');
  expect(() => readArguments(["--only", "sleep"])).toThrow('not "sleep"');
  expect(() => readArguments(["--write", "--quick"])).toThrow("--write");
  expect(() => readArguments(["--fast"])).toThrow();
  expect(() => readArguments(["--on", "sqlite,"])).toThrow('not ""');
  expect(() => readArguments(["--quick", "--only", "growth"])).toThrow("not measured with --quick");
  expect(() => readArguments(["--only", "type-check", "--on", "mysql"])).toThrow("on mysql");
  expect(() => readArguments(["--report", "--quick"])).toThrow("--report");
});

test("targets are about work that there is", () => {
  const elsewhere = ["passwords-delay", "growth", "type-check", "delete-expired"];
  const known = [...works.map(({ name }) => name), ...elsewhere];
  expect(targets.filter(({ work }) => !known.includes(work))).toEqual([]);
});
