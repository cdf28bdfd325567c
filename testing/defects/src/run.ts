import { fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Observation, Scenario } from "./scenarios/scenario.js";
import type { WiringSource } from "./wirings/wiring.js";

/** What became of one scenario on one wiring. */
export interface Result {
  /**
   * `held` or `failed` by what was seen; `hung` without an answer within the time limit; `crashed`
   * where the process ended before, as an unhandled rejection makes it do.
   */
  readonly outcome: "held" | "failed" | "hung" | "crashed";
  readonly observation?: Observation;
  readonly stderr: string;
}

/** What the process of a scenario reports. */
export type Message =
  | { readonly type: "started" }
  | { readonly type: "observed"; readonly observation: Observation }
  /** The scenario expected no error there: it is the scenario that is wrong, or its database. */
  | { readonly type: "threw"; readonly error: string };

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const EXEC_ARGV = ["--import", "tsx", "--conditions=@kysely-lucia/source"];

/** Node's exit code where nothing is left to do and a promise is still being waited for. */
const NEVER_SETTLED = 13;

/**
 * Runs a scenario on a wiring in a process of its own, on a new database.
 *
 * @param timeLimit in milliseconds; the process is killed after it
 * @throws where the scenario could not be started or threw, which says nothing about the wiring
 */
export async function runScenario(
  scenario: Scenario,
  wiring: WiringSource,
  timeLimit = 30_000,
): Promise<Result> {
  const { location, remove } = await wiring.provision();
  try {
    return judge(scenario, await runChild([scenario.id, wiring.name, location], timeLimit));
  } catch (cause) {
    throw new Error(`${scenario.id} could not be run on ${wiring.name}.`, { cause });
  } finally {
    await remove();
  }
}

interface Ended {
  readonly lastMessage: Message | undefined;
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stderr: string;
}

async function runChild(args: string[], timeLimit: number): Promise<Ended> {
  const child = fork(CHILD, args, {
    // Where `tsx` is looked up.
    cwd: PACKAGE,
    execArgv: EXEC_ARGV,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let lastMessage: Message | undefined;
  child.on("message", (message: Message) => {
    lastMessage = message;
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill("SIGKILL");
  }, timeLimit);

  const [[exitCode], stderr] = await Promise.all([
    once(child, "close"),
    child.stderr ? text(child.stderr) : "",
  ]);
  clearTimeout(timer);
  return { lastMessage, exitCode, timedOut, stderr };
}

function judge(scenario: Scenario, { lastMessage, exitCode, timedOut, stderr }: Ended): Result {
  if (!lastMessage) throw new Error(stderr || "The process did not start in time.");
  if (lastMessage.type === "threw") throw new Error(lastMessage.error);
  if (timedOut || exitCode === NEVER_SETTLED) return { outcome: "hung", stderr };
  if (lastMessage.type === "started" || exitCode !== 0) return { outcome: "crashed", stderr };
  const { observation } = lastMessage;
  return { outcome: scenario.holds(observation) ? "held" : "failed", observation, stderr };
}
