import type { LuciaSettings, Wiring } from "../wirings/wiring.js";

/** What a scenario saw: facts that survive JSON, and no judgement. */
export type Observation = Readonly<Record<string, string | number | boolean>>;

/** One defect, provoked the same way on any wiring. */
export interface Scenario<Seen extends Observation = Observation> {
  /** The defect's number, such as `D3`, with a letter where it has several scenarios. */
  readonly id: string;
  /** What goes wrong, in one line. */
  readonly title: string;
  /** What Lucia has to be configured with for it. */
  readonly lucia?: LuciaSettings;
  /** Runs in a process of its own, which it may end or keep waiting for ever. */
  run(wiring: Wiring): Promise<Seen>;
  /** Whether nothing is wrong with what was seen. */
  holds(seen: Seen): boolean;
}

/** What became of a call: "done", or the code or else the message of the error that it threw. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "done";
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return "code" in error ? String(error.code) : error.message;
  }
}

/** Counts rows, from outside: `count(wiring, "auth_user WHERE username = ?", "ada")`. */
export async function count(
  { read }: Pick<Wiring, "read">,
  rows: string,
  ...parameters: unknown[]
): Promise<number> {
  const [row] = await read(`SELECT COUNT(*) AS counted FROM ${rows}`, ...parameters);
  return Number(row?.["counted"]);
}

/** Users that nobody can sign in as. */
export const USERS_WITHOUT_KEY = "auth_user WHERE id NOT IN (SELECT user_id FROM auth_key)";
