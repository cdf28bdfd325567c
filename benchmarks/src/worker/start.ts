import { fork } from "node:child_process";
import { once } from "node:events";
import type { Program } from "@kysely-lucia/services";
import { type BirpcReturn, createBirpc } from "birpc";
import type { WorkerFunctions } from "./functions.js";

/** The process of a contestant. */
export interface Worker {
  readonly name: string;
  readonly call: BirpcReturn<WorkerFunctions>;
  stop(): Promise<void>;
}

/** No call has a time limit: some fill tables, some measure for a minute. */
const NO_LIMIT = -1;

/** @param signal ends the process, whereupon all calls of it fail */
export async function startWorker(
  name: string,
  { file }: Program,
  signal: AbortSignal,
): Promise<Worker> {
  const child = fork(file, [name], {
    execArgv: ["--expose-gc", "--enable-source-maps"],
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const end = () => child.kill();
  signal.addEventListener("abort", end);
  const gone = once(child, "exit").then(([code, killedBy]) => {
    signal.removeEventListener("abort", end);
    call.$close(new Error(`The process of ${name} has ended with ${killedBy ?? code}.`));
  });
  const call = createBirpc<WorkerFunctions>(
    {},
    {
      post: (message) => void (child.connected && child.send(message, () => {})),
      on: (listener) => child.on("message", (message) => message !== "ready" && listener(message)),
      timeout: NO_LIMIT,
    },
  );
  await Promise.race([once(child, "message"), gone]);
  return {
    name,
    call,
    stop: async () => {
      try {
        if (child.connected) await call.close();
      } finally {
        child.kill();
        await gone;
      }
    },
  };
}
