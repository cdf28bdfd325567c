import { setTimeout as delay } from "node:timers/promises";
import type { DialectSpec, ErrorKind } from "../dialect-spec.js";
import { orAborted } from "./abort.js";

/** How a piece of work is repeated. */
export interface Repetition {
  /** How often at most, after the first attempt. */
  readonly retries: number;
  /** Which errors say that nothing was stored, and that another attempt may succeed. */
  readonly on: readonly ErrorKind[];
  readonly signal?: AbortSignal | undefined;
}

/** In milliseconds: the longest pause before the second attempt, which doubles with each one, and the limit. */
const PAUSE = { first: 10, limit: 1000 };

/**
 * Runs work until it succeeds or has failed once too often; its last error is thrown then, as it is.
 * Pauses are random, so that those who were in each other's way do not meet again.
 */
export async function repeated<T>(
  { classifyError }: DialectSpec,
  { retries, on, signal }: Repetition,
  run: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await run(attempt);
    } catch (error) {
      const mayHelp = causesOf(error).some((cause) => on.includes(classifyError(cause)));
      if (!mayHelp || attempt > retries) throw error;
    }
    const longest = Math.min(PAUSE.limit, PAUSE.first * 2 ** (attempt - 1));
    await orAborted(delay(Math.random() * longest), [signal]);
  }
}

/** An error and what has caused it, not without end: apps put errors into errors of their own. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 10; cause = cause.cause) {
    causes.push(cause);
  }
  return causes;
}
