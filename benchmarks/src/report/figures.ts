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

/** `2.41× (2.35–2.50)`: the median, and the quartiles around it. */
export function ratio(spread: Spread): string {
  const fixed = (value: number) => value.toFixed(2);
  return `${fixed(spread.median)}× (${fixed(spread.low)}–${fixed(spread.high)})`;
}
