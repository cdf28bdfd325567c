import type { Spread } from "../measure/statistics.js";
import type { Measurement } from "./results.js";

/** Three digits that say something: `2.41`, `0.65`, `12.3`. */
function figure(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}

/** A value in its unit: `60,000/s`. */
export function quantity(value: number, unit: Measurement["unit"]): string {
  return unit === "per second" ? `${figure(value)}/s` : `${figure(value)} ${unit}`;
}

/** `2.41`. What is near to nothing has one digit that says something. */
export function times(value: number): string {
  return value < 0.01 ? value.toPrecision(1) : value.toFixed(2);
}

/** `2.41× (2.35–2.50)`: the median, and the quartiles around it. */
export function ratio({ median, low, high }: Spread): string {
  return `${times(median)}× (${times(low)}–${times(high)})`;
}
