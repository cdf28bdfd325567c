import { setTimeout as delay } from "node:timers/promises";
import type { DialectSpec, ErrorKind } from "../dialect-spec.js";
import { orAborted } from "./abort.js";

/** How a piece of work is repeated. */
export interface Repetition {
  /** How often at most, after the first attempt. */
  readonly retries: number;
  /** Which errors say that nothing was stored, and that another attempt may succeed. */
  readonly on: readonly ErrorKind[];
  /** How many attempts have failed before. Default: none */
  readonly failed?: number;
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
  { retries, on, failed = 0, signal }: Repetition,
  run: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = failed + 1; ; attempt += 1) {
    if (attempt > 1) await orAborted(delay(pauseBefore(attempt)), [signal]);
    signal?.throwIfAborted();
    try {
      return await run(attempt);
    } catch (error) {
      const mayHelp = causesOf(error).some((cause) => on.includes(classifyError(cause)));
      if (!mayHelp || attempt > retries) throw error;
    }
  }
}

/** In milliseconds. */
function pauseBefore(attempt: number): number {
  return Math.random() * Math.min(PAUSE.limit, PAUSE.first * 2 ** (attempt - 2));
}

/** An error and what has caused it, not without end: apps put errors into errors of their own. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 10; cause = cause.cause) {
    causes.push(cause);
  }
  return causes;
}
