import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { slopeOf } from "./statistics.js";

const SAMPLES = 12;
const NANOSECONDS = 1e6;
/** Calls between two turns of the event loop, where a driver takes none of its own. */
const CALLS_PER_TURN = 20;

/** What became of a process that did one thing for long. */
export interface Steady {
  readonly calls: number;
  /** By how much the heap has grown with each call, in bytes. Garbage is not counted. */
  readonly bytesPerCall: number;
  /** For how long the event loop did nothing else: percentiles of each part of the time, and the longest of all. */
  readonly delayMs: {
    readonly p50: readonly number[];
    readonly p99: readonly number[];
    readonly max: number;
  };
}

/** Calls at full rate, and looks at the heap in between. */
export async function goSteady(
  once: () => Promise<unknown>,
  { ms, inFlight }: { readonly ms: number; readonly inFlight: number },
): Promise<Steady> {
  const { gc } = globalThis;
  if (!gc) throw new Error("The heap can only be measured with --expose-gc.");
  const delayMs = { p50: [] as number[], p99: [] as number[], max: 0 };
  const heap: { x: number; y: number }[] = [];
  let calls = 0;
  const callUntil = async (end: number) => {
    while (performance.now() < end) {
      for (let call = 0; call < CALLS_PER_TURN; call++) await once();
      calls += CALLS_PER_TURN;
      await nextTurn();
    }
  };

  // The first part compiles code and fills caches, which is no leak.
  for (let sample = 0; sample <= SAMPLES; sample++) {
    const end = performance.now() + ms / (SAMPLES + 1);
    // A new one each time: it would take the pause for a delay.
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await Promise.all(Array.from({ length: inFlight }, () => callUntil(end)));
    delay.disable();
    delayMs.p50.push(delay.percentile(50) / NANOSECONDS);
    delayMs.p99.push(delay.percentile(99) / NANOSECONDS);
    delayMs.max = Math.max(delayMs.max, delay.max / NANOSECONDS);
    gc();
    heap.push({ x: calls, y: process.memoryUsage().heapUsed });
  }
  return { calls, bytesPerCall: slopeOf(heap.slice(1)), delayMs };
}
