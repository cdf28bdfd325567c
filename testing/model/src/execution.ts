import type { Made } from "./explain.js";
import { makeCall } from "./make-call.js";
import { makeSavepoint, makeSerializable } from "./make-transaction.js";
import type { Model } from "./model.js";
import { rawChanges } from "./raw-changes.js";
import type { References } from "./references.js";
import { runControlled, runTransaction } from "./run-transaction.js";
import { begin, commit, copy, rollback } from "./state.js";
import type { InTransaction, Raw, Step, Together } from "./steps.js";
import type { Auth, Subject } from "./subject.js";

type Member = Together["together"][number];

/** Takes steps on the code under test, and lets the model follow. */
export class Execution {
  constructor(
    readonly subject: Subject,
    readonly model: Model,
    readonly references: References,
  ) {}

  async take(step: Step, auth: Auth): Promise<void> {
    if ("call" in step) await this.#make([step], auth);
    else if ("together" in step) await this.#make(step.together, auth);
    else if ("transaction" in step) await this.#transaction(step, auth);
    else await this.#change(step);
  }

  async #make(members: readonly Member[], auth: Auth): Promise<void> {
    const started = members.map((member) => {
      // They do not know of each other.
      const references = this.references.copy();
      return { made: this.#makeOne(member, auth, references), references };
    });
    const made = await Promise.all(started.map((member) => member.made));
    this.model.follow(made);
    this.references.update(this.model.state, ...started.map(({ references }) => references));
  }

  #makeOne(member: Member, auth: Auth, references: References): Promise<Made> {
    if ("call" in member) return makeCall(member, auth, this.subject, references);
    if ("savepoint" in member) return makeSavepoint(member, this.subject, references);
    return makeSerializable(member, this.subject, references);
  }

  async #transaction({ transaction, end, by, using }: InTransaction, around: Auth): Promise<void> {
    this.model.change("begin", begin);
    const run = by === "Kysely" ? runControlled : runTransaction;
    await run(this.subject, end, async (own) => {
      const auth = using === "around" ? around : own;
      for (const step of transaction) await this.take(step, auth);
    });
    this.model.change(end, end === "commit" ? commit : rollback);
    this.references.update(this.model.state);
  }

  async #change({ raw: name, ...args }: Raw): Promise<void> {
    const { sql, effect } = rawChanges[name];
    const given = this.references.resolve(args);
    await this.subject.raw.run(sql(given));
    this.model.change(`${name} ${JSON.stringify(given)}`, (state) => {
      const changed = copy(state);
      effect(changed, given);
      return changed;
    });
  }
}
