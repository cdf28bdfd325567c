import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { OURS } from "../contestants/names.js";
import { ratioOf } from "../measure/statistics.js";
import { times } from "../report/figures.js";
import { dialectName } from "../report/markdown.js";
import type { Measurement } from "../report/results.js";
import { inLightAndDark } from "./theme.js";

const WIDTH = 720;
const ROW_HEIGHT = 24;
const SPACE_BETWEEN_DIALECTS = 40;
/** Keeps labels readable where lines cross them. */
const HALO = { stroke: "var(--page)", strokeWidth: 4 };

/** The ratios to the reference as bars, on all dialects. Nothing where there is only one entry. */
export function chartOf(measurements: readonly Measurement[]): string | undefined {
  const bars = measurements.flatMap(barsOf);
  const [first] = measurements;
  if (bars.length === 0 || !first) return undefined;
  const names = [...new Set(bars.map(({ name }) => name))];
  const dialects = [...new Set(bars.map(({ dialect }) => dialect))];
  const absent = dialects.flatMap((dialect) =>
    names
      .filter((name) => !bars.some((bar) => bar.dialect === dialect && bar.name === name))
      .map((name) => ({ dialect, name })),
  );
  const { document } = parseHTML("<html></html>");
  const svg = Plot.plot({
    document,
    className: "chart",
    width: WIDTH,
    style: { fontSize: "12px" },
    height: dialects.length * (names.length * ROW_HEIGHT + SPACE_BETWEEN_DIALECTS) + 60,
    marginLeft: 210,
    marginRight: 110,
    marginBottom: 50,
    // Room for the numbers beside the bars, and for the label below those of the axis.
    insetRight: 60,
    x: { label: labelOf(first), labelOffset: 42, zero: true, grid: true },
    y: { label: null, domain: names },
    fy: { label: null, domain: dialects },
    marks: [
      Plot.ruleX([1], { stroke: "currentColor", strokeDasharray: "3,3" }),
      Plot.barX(bars, {
        x: "median",
        y: "name",
        fy: "dialect",
        fill: ({ name }: Bar) => `var(--${name === OURS ? "ours" : "others"})`,
      }),
      Plot.ruleY(bars, { x1: "low", x2: "high", y: "name", fy: "dialect", stroke: "currentColor" }),
      Plot.text(bars, {
        x: "high",
        y: "name",
        fy: "dialect",
        text: ({ median }: Bar) => `${times(median)}×`,
        textAnchor: "start",
        dx: 6,
        ...HALO,
      }),
      Plot.text(absent, {
        x: () => 0,
        y: "name",
        fy: "dialect",
        text: ({ dialect }: Row) => `not on ${dialect}`,
        textAnchor: "start",
        dx: 6,
        fillOpacity: 0.6,
        ...HALO,
      }),
    ],
  });
  return inLightAndDark(svg.outerHTML, first.title);
}

/** The place of a contestant on a dialect. */
interface Row {
  readonly name: string;
  readonly dialect: string;
}

interface Bar extends Row {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

function barsOf({ dialect, values, reference }: Measurement): Bar[] {
  const others = reference === undefined ? undefined : values[reference];
  if (!others) return [];
  return Object.entries(values).map(([name, own]) => ({
    name,
    dialect: dialectName(dialect),
    ...ratioOf(own, others),
  }));
}

function labelOf({ unit, reference }: Measurement): string {
  const what = unit === "per second" ? "Rate" : "Time";
  return `${what}, ${reference} = 1 (${unit === "per second" ? "longer" : "shorter"} is better)`;
}
