const UNITS = [
  ["year", 365 * 24 * 3600],
  ["month", 30 * 24 * 3600],
  ["week", 7 * 24 * 3600],
  ["day", 24 * 3600],
  ["hour", 3600],
  ["minute", 60],
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const exact = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short" });

/** A time in words, such as "3 minutes ago" or "in 2 weeks". */
export function inWords(date: Date, now = new Date()): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  for (const [unit, length] of UNITS) {
    const count = Math.round(seconds / length);
    // "in 15 days" says more than "in 2 weeks".
    if (Math.abs(count) >= (unit === "week" ? 4 : 1)) return relative.format(count, unit);
  }
  return "just now";
}

/** The same on a page, with the exact time for machines and on hovering. */
export function Time({ date }: { date: Date }) {
  return (
    <time dateTime={date.toISOString()} title={exact.format(date)}>
      {inWords(date)}
    </time>
  );
}
