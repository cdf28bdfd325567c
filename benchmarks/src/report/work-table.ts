import { ratioOf, spreadOf } from "../measure/statistics.js";
import { quantity, ratio } from "./figures.js";
import { dialectName, table } from "./markdown.js";
import type { Measurement } from "./results.js";

/** The measurements of each piece of work, in their order. */
export function byWork(measurements: readonly Measurement[]): Measurement[][] {
  const works = new Set(measurements.map(({ work }) => work));
  return [...works].map((name) => measurements.filter(({ work }) => work === name));
}

/** All who did one piece of work, on all dialects: the median, and the ratio to the reference. */
export function workTable(measurements: readonly Measurement[]): string {
  const names = new Set(measurements.flatMap(({ values }) => Object.keys(values)));
  const rows = [...names].map((name) => [
    name,
    ...measurements.map((measurement) => cell(measurement, name)),
  ]);
  const heads = measurements.map(({ dialect }) => dialectName(dialect));
  return table(["", ...heads], rows);
}

function cell({ values, reference, unit }: Measurement, name: string): string {
  const own = values[name];
  if (!own) return "";
  const median = quantity(spreadOf(own).median, unit);
  const others = reference === undefined ? undefined : values[reference];
  if (!others) return median;
  return `${median}, ${name === reference ? "1×" : ratio(ratioOf(own, others))}`;
}
