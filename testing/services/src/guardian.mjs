// Runs one server for the process that forked this one, and ends with it, however that ends: the
// channel between the two closes even after kill -9. Plain JavaScript, as Node.js starts it bare.
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { chown, cp, mkdir, rm } from "node:fs/promises";

/** @typedef {import("./server.js").Plan} Plan */
/** @typedef {import("./server.js").Report} Report */
/** @typedef {import("./server.js").Request} Request */

const START_MS = 60_000;
const STOP_MS = 10_000;
/** A server says that it stops just before it tells its other processes. */
const TELL_MS = 100;
const LOG_CHARACTERS = 20_000;

/** @type {Plan} */
const plan = JSON.parse(process.argv[2] ?? "");
let log = "";
let isReady = false;
let isKilled = false;

const requests = new EventEmitter();
process.on("message", (/** @type {Request} */ request) => {
  if (!requests.emit(request)) tell({ type: "failed", log: "It is not in the state for that." });
});

const left = new AbortController();
const hasLeft = once(left.signal, "abort");
const leave = () => left.abort();
process.once("disconnect", leave);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, leave);
// The process could end before this one listens.
if (!process.connected) leave();

try {
  await mkdir(plan.directory, { mode: 0o700 });
  if (plan.user) await chown(plan.directory, plan.user.uid, plan.user.gid);
  if (plan.copy)
    await cp(plan.copy.from, plan.copy.to, { recursive: true, verbatimSymlinks: true });
  // Preparing takes half a second and ends by itself; to cut it short could leave children behind.
  const isPrepared = !plan.prepare || (await run(plan.prepare).exit) === 0;
  if (isPrepared && !left.signal.aborted) await serve();
  while (isKilled && !left.signal.aborted) {
    tell({ type: "killed" });
    await Promise.race([once(requests, "restart"), hasLeft]);
    if (!left.signal.aborted) await serve();
  }
} catch (error) {
  log += String(error);
}
if (plan.cleanUp) await run(plan.cleanUp).exit.catch(() => {});
await rm(plan.directory, { recursive: true, force: true, maxRetries: 10 });
if (!left.signal.aborted) {
  process.exitCode = 1;
  if (isReady) console.error(`${plan.serve[0]} ended unexpectedly:\n${log}`);
  else tell({ type: "failed", log });
}
process.removeListener("disconnect", leave);
if (process.connected) process.disconnect();

async function serve() {
  log = "";
  isReady = false;
  isKilled = false;
  const ready = new RegExp(plan.readyPattern);
  const stopping = plan.stoppingPattern ? new RegExp(plan.stoppingPattern) : undefined;
  const { child, exit } = run(plan.serve, (output) => {
    if (stopping?.test(output)) killIn(TELL_MS);
    if (isReady || !ready.test(output)) return;
    isReady = true;
    clearTimeout(tooLate);
    tell({ type: "ready" });
  });
  const kill = () => {
    isKilled = true;
    child.kill("SIGKILL");
  };
  requests.once("kill", kill);
  /** @param {number} ms */
  const killIn = (ms) => setTimeout(() => child.kill("SIGKILL"), ms).unref();
  const end = () => {
    child.kill(plan.stopSignal);
    killIn(STOP_MS);
  };
  const tooLate = setTimeout(end, START_MS);
  left.signal.addEventListener("abort", end);
  await exit.finally(() => {
    clearTimeout(tooLate);
    requests.off("kill", kill);
    left.signal.removeEventListener("abort", end);
  });
}

/**
 * @param {readonly [string, ...string[]]} command
 * @param {(output: string) => void} [onOutput] told all that was said so far, while it is kept
 */
function run([program, ...args], onOutput) {
  const child = spawn(program, args, {
    ...plan.user,
    cwd: plan.directory,
    env: { ...process.env, LC_ALL: "C", ...plan.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      log = (log + text).slice(-LOG_CHARACTERS);
      onOutput?.(log);
    });
  }
  /** @type {Promise<number | null>} */
  const exit = once(child, "close").then(([code]) => code);
  return { child, exit };
}

/** @param {Report} report */
function tell(report) {
  // Without a callback an error would be thrown, where the other process has just ended.
  if (process.connected) process.send?.(report, () => {});
}
