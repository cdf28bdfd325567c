import type { Program } from "@kysely-lucia/services";
import { contestants } from "../contestants/index.js";
import type { DialectName } from "../dialects/dialect.js";
import type { Provider } from "../dialects/provide.js";
import type { Settings } from "../settings.js";
import { startWorker, type Worker } from "../worker/start.js";

/** The database of each contestant that most work is done on. */
export const MAIN = "main";

/** One dialect, with a process for each contestant and databases for each process. */
export class Stage {
  readonly #program: Program;
  readonly #provider: Provider;
  readonly #signal: AbortSignal;
  readonly #workers = new Map<string, Promise<Worker>>();

  constructor(
    readonly dialect: DialectName,
    readonly settings: Settings,
    /** Tells what is being done. */
    readonly tell: (what: string) => void,
    program: Program,
    provider: Provider,
    signal: AbortSignal,
  ) {
    this.#program = program;
    this.#provider = provider;
    this.#signal = signal;
  }

  /** Calls at the same time. SQLite runs one after the other anyway. */
  get inFlight(): number {
    return this.dialect === "sqlite" ? 1 : this.settings.inFlight;
  }

  /** Those who take part here, or these of them. */
  workers(names?: readonly string[]): Promise<Worker[]> {
    const here = contestants
      .filter(({ dialects }) => dialects.includes(this.dialect))
      .filter(({ name }) => !names || names.includes(name))
      .map(({ name }) => this.#worker(name));
    return Promise.all(here);
  }

  /** Opens a contestant on a new database. */
  async open(worker: Worker, database: string, realPasswords = false): Promise<void> {
    const location = await this.#provider.createDatabase();
    const { poolSize } = this.settings;
    await worker.call.open(database, worker.name, this.dialect, {
      location,
      poolSize,
      realPasswords,
    });
  }

  #worker(name: string): Promise<Worker> {
    const found = this.#workers.get(name) ?? this.#start(name);
    this.#workers.set(name, found);
    return found;
  }

  async #start(name: string): Promise<Worker> {
    this.tell(`starting ${name}`);
    const worker = await startWorker(name, this.#program, this.#signal);
    await this.open(worker, MAIN);
    return worker;
  }

  async close(): Promise<void> {
    const stopped = [...this.#workers.values()].map(async (worker) => (await worker).stop());
    await Promise.allSettled(stopped);
    await this.#provider.stop();
  }
}
