import { expect, test } from "vitest";
import { readArguments } from "../src/proof/arguments.js";

test("without arguments, everything is run and nothing written", () => {
  const { databases, defects, write } = readArguments([]);
  expect({ databases, number: defects.length, write }).toEqual({
    databases: ["sqlite", "postgres", "mysql"],
    number: 29,
    write: false,
  });
});

test("databases and defects can be chosen", () => {
  const { databases, defects } = readArguments(["D18", "--on", "mysql,sqlite", "D3"]);
  expect(databases).toEqual(["sqlite", "mysql"]);
  expect(defects.map(({ id }) => id)).toEqual(["D3", "D18"]);
});

test("what there is not, and a table with gaps, is refused", () => {
  expect(() => readArguments(["--on", "oracle,sqlite", "D30"])).toThrow("There is no oracle, D30.");
  expect(() => readArguments(["--write", "D1"])).toThrow("all defects on all databases");
  expect(() => readArguments(["--write", "--on", "sqlite"])).toThrow("all databases");
  expect(() => readArguments(["--wriet"])).toThrow("--wriet");
});
