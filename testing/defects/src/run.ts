import { fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { buildProgram } from "@kysely-lucia/services";
import type { Provisioned } from "./provision/provisioned.js";
import type { Observation, Scenario } from "./scenarios/scenario.js";
import type { WiringName } from "./wirings/index.js";

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

/** Runs scenarios until it is removed. */
export interface Runner {
  /**
   * Runs a scenario on a wiring in a process of its own, on a new database.
   *
   * @param provision makes that database
   * @throws where the scenario could not be started or threw, which says nothing about the wiring
   */
  run(
    scenario: Scenario,
    wiring: WiringName,
    provision: () => Promise<Provisioned>,
  ): Promise<Result>;
  remove(): Promise<void>;
}

const PACKAGE = new URL("..", import.meta.url);

/** In milliseconds; a process is killed after it. */
const TIME_LIMIT = 30_000;

/** Node's exit code where nothing is left to do and a promise is still being waited for. */
const NEVER_SETTLED = 13;

/** Makes one program of the scenarios and the wirings, of which each process loads its own. */
export async function createRunner(): Promise<Runner> {
  const external = ["better-sqlite3", "express", "mysql2", "pg"];
  const program = await buildProgram(PACKAGE, "src/child.ts", { external });
  return {
    run: async (scenario, wiring, provision) => {
      const { location, remove } = await provision();
      try {
        return judge(scenario, await runProgram(program.file, [scenario.id, wiring, location]));
      } catch (cause) {
        throw new Error(`${scenario.id} could not be run on ${wiring}.`, { cause });
      } finally {
        await remove();
      }
    },
    remove: program.remove,
  };
}

interface Ended {
  readonly lastMessage: Message | undefined;
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stderr: string;
}

async function runProgram(program: string, args: string[]): Promise<Ended> {
  const child = fork(program, args, { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let lastMessage: Message | undefined;
  child.on("message", (message: Message) => {
    lastMessage = message;
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill("SIGKILL");
  }, TIME_LIMIT);

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
