import { randomUUID } from "node:crypto";
import path from "node:path";
import { dataFolder } from "./data-folder.js";
import { findFreePort } from "./free-port.js";
import { ask, firstReport, letGo, startGuardian, stop } from "./guardian-process.js";
import type { ServerUser } from "./server-user.js";

const ATTEMPTS = 5;
const PORT_IS_TAKEN = /address already in use|port is already allocated/i;

/** A server for tests. */
export interface Server {
  /** What a driver connects with; the user in it may do everything. */
  readonly url: string;
  /** Ends the server and removes its data. May be called again; a server of others it leaves alone. */
  stop(): Promise<void>;
}

/** A server that its caller has alone, to do to it what happens to servers. */
export interface OwnServer extends Server {
  /**
   * Ends it with SIGKILL. Resolves once all of its processes are gone, and the port is free.
   *
   * @throws Error where it does not run
   */
  kill(): Promise<void>;
  /**
   * Starts it again after `kill()`, on the same port, with all that it had acknowledged. Resolves once
   * it accepts connections.
   *
   * @throws Error with the server's log, where it does not start, and is then gone for good
   */
  restart(): Promise<void>;
}

type Command = readonly [program: string, ...args: string[]];

/** What the guardian is to do. */
export interface Plan {
  /** Is made for the server, and removed with all that is in it. */
  readonly directory: string;
  /** Whom the programs run as, if not as this process. */
  readonly user?: ServerUser | undefined;
  /** For the programs, in addition to that of this process. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** A folder of programs, copied to where that user can reach them. */
  readonly copy?: { readonly from: string; readonly to: string } | undefined;
  /** Makes the files of an empty database. */
  readonly prepare?: Command;
  readonly serve: Command;
  /** A regular expression for what the server has said once it accepts connections. */
  readonly readyPattern: string;
  readonly stopSignal: NodeJS.Signals;
  /**
   * A regular expression for what the server says when it tells its other processes to end. It is
   * then killed, as it could wait for one that it does not tell.
   */
  readonly stoppingPattern?: string;
  /** Is run at the end, whatever went before. */
  readonly cleanUp?: Command;
}

/** What the guardian tells. */
export type Report =
  | { readonly type: "ready" }
  | { readonly type: "killed" }
  | { readonly type: "failed"; readonly log: string };

/** What the guardian can be asked for. */
export type Request = "kill" | "restart";

/** Where a server is to be. */
export interface Place {
  readonly directory: string;
  readonly port: number;
}

/** How to start a server at any place. */
export interface Recipe {
  /** Part of the name of the directory. */
  readonly name: string;
  plan(place: Place): Omit<Plan, "directory">;
  url(port: number): string;
}

/**
 * Starts a server of one's own on the loopback interface. It ends with `stop()`, or else with this
 * process, even one that is killed: a guardian in a session of its own, which Ctrl-C does not reach,
 * sees the channel to this process close.
 *
 * @throws Error with the server's log, where it does not start
 */
export async function startServer({ name, plan, url }: Recipe): Promise<OwnServer> {
  for (let attempt = 1; ; attempt++) {
    const directory = path.join(dataFolder(), `kysely-lucia-${name}-${randomUUID().slice(0, 8)}`);
    const port = await findFreePort();
    const guardian = startGuardian({ directory, ...plan({ directory, port }) });
    const problem = await firstReport(guardian);
    if (problem === undefined) {
      letGo(guardian);
      let stopped: Promise<void> | undefined;
      return {
        url: url(port),
        kill: () => ask(guardian, "kill"),
        restart: () => ask(guardian, "restart"),
        stop: () => {
          stopped ??= stop(guardian);
          return stopped;
        },
      };
    }
    // Another program can take the port between the look for it and the start.
    const canTryAgain = PORT_IS_TAKEN.test(problem) && attempt < ATTEMPTS;
    if (!canTryAgain) throw new Error(`The ${name} server did not start:\n${problem}`);
  }
}
