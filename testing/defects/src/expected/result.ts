import type { Result } from "../run.js";

type Fact = string | number | boolean;

/** What a result has to be. Of what was seen, the facts that are named here. */
export interface Expected {
  readonly outcome: Result["outcome"];
  readonly observation?: Readonly<Record<string, Fact | ((seen: Fact | undefined) => boolean)>>;
  readonly stderr?: RegExp;
}

/** A count that is greater than this one. */
export const moreThan = (limit: number) => (seen: Fact | undefined) => Number(seen) > limit;

/** A count that may be a little more than this one, by what else was read or written meanwhile. */
export const about = (number: number) => (seen: Fact | undefined) =>
  Number(seen) >= number && Number(seen) <= number + 2;

/** In what a result is another than expected, in words. */
export function differences(result: Result, { outcome, observation, stderr }: Expected): string[] {
  const seen = result.observation;
  const found: string[] = [];
  if (result.outcome !== outcome) found.push(`${result.outcome}, not ${outcome}`);
  for (const [name, fact] of Object.entries(observation ?? {})) {
    const fits = typeof fact === "function" ? fact(seen?.[name]) : seen?.[name] === fact;
    if (!fits)
      found.push(`${name} is ${seen?.[name]}${typeof fact === "function" ? "" : `, not ${fact}`}`);
  }
  if (stderr && !stderr.test(result.stderr)) found.push(`no ${stderr} in what it printed`);
  return found;
}
