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
  readonly delayMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** Calls at full rate, and looks at the heap in between. */
export async function goSteady(
  once: () => Promise<unknown>,
  { ms, inFlight }: { readonly ms: number; readonly inFlight: number },
): Promise<Steady> {
  const { gc } = globalThis;
  if (!gc) throw new Error("The heap can only be measured with --expose-gc.");
  const delay = monitorEventLoopDelay({ resolution: 1 });
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
    delay.enable();
    await Promise.all(Array.from({ length: inFlight }, () => callUntil(end)));
    delay.disable();
    gc();
    heap.push({ x: calls, y: process.memoryUsage().heapUsed });
  }
  const at = (percentile: number) => delay.percentile(percentile) / NANOSECONDS;
  return {
    calls,
    bytesPerCall: slopeOf(heap.slice(1)),
    delayMs: { p50: at(50), p99: at(99), max: delay.max / NANOSECONDS },
  };
}
