import { setTimeout as wait } from "node:timers/promises";
import type { LuciaSettings, PoolSettings, Wiring, WiringSettings } from "../wirings/wiring.js";

/** What a scenario saw: facts that survive JSON, and no judgement. */
export type Observation = Readonly<Record<string, string | number | boolean>>;

export type DatabaseName = "sqlite" | "postgres" | "mysql";

/** One defect, provoked the same way on any wiring. */
export interface Scenario<Seen extends Observation = Observation> {
  /** The defect's number, such as `D3`, with a letter where it has several scenarios. */
  readonly id: string;
  /** The databases that it is run on, and why it is on no other. Default: all of them. */
  readonly only?: { readonly on: readonly DatabaseName[]; readonly because: string };
  /** No adapter and no driver has a part in it: the tests run it on SQLite alone, the proof on all. */
  readonly luciaAlone?: true;
  /** Why ours leaves it as it is by hand. Default: it must not happen with ours. */
  readonly keptBecause?: string;
  /** What Lucia has to be configured with for it. */
  readonly lucia?: LuciaSettings;
  /** What the pool has to be for it. */
  readonly pool?: PoolSettings;
  /** The plugins of the app's Kysely; see {@link WiringSettings}. */
  readonly plugins?: WiringSettings["plugins"];
  /** Runs in a process of its own, which it may end or keep waiting for ever. */
  run(wiring: Wiring): Promise<Seen>;
  /** Whether nothing is wrong with what was seen. */
  holds(seen: Seen): boolean;
  /** What was seen, in few words, for somebody who knows the defect's name. */
  inWords(seen: Seen): string;
  /** Whether the words say what something costs, which is of interest where it holds too. */
  readonly isCost?: true;
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

/** The {@link outcomeOf} a call, or "no answer" after two seconds, many times what a call takes. */
export async function outcomeInTime(call: Promise<unknown>): Promise<string> {
  return Promise.race([outcomeOf(call), wait(2000, "no answer")]);
}

/** Counts rows, from outside: `count(wiring, "auth_user WHERE username = ?", "ada")`. */
export async function count(
  { sql }: Pick<Wiring, "sql">,
  rows: string,
  ...parameters: unknown[]
): Promise<number> {
  const [row] = await sql(`SELECT COUNT(*) AS counted FROM ${rows}`, ...parameters);
  return Number(row?.["counted"]);
}

/** A number of things in words: "1 session", "5 sessions". */
export function many(number: number, thing: string, things = `${thing}s`): string {
  return `${number} ${number === 1 ? thing : things}`;
}

/** Users that nobody can sign in as. */
export const USERS_WITHOUT_KEY = "auth_user WHERE id NOT IN (SELECT user_id FROM auth_key)";
