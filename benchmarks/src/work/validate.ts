import type { Running } from "../contestants/contestant.js";
import type { Sample } from "../worker/sample.js";
import { expect, type Operation, type Work, world } from "./work.js";

export const validate: Work = {
  name: "validate",
  title: "validate an active session",
  world: (users) => world({ users }),
  before: "nothing",
  begin: validation,
};

export const validateIdle: Work = {
  name: "validate-idle",
  title: "validate an idle session, which renews it",
  world: (users) => world({ users, idle: true }),
  before: "new sessions",
  begin: (running, sample) => (running.renews ? validation(running, sample) : undefined),
};

function validation({ validate, validatedUser }: Running, sample: Sample): Operation | undefined {
  if (!validate || !validatedUser) return undefined;
  return {
    once: () => validate(sample.nextCredential()),
    check: async () => {
      const userId = sample.userIdOfNext();
      const credential = sample.nextCredential();
      expect("the user of a session", validatedUser(await validate(credential)), userId);
      const wrong = credential.replace("seed", "nobo");
      expect("the user of a wrong session", await userOrNone(wrong), undefined);
    },
  };

  /** Lucia 1.x refuses by an error, others by an empty result. */
  async function userOrNone(credential: string): Promise<string | undefined> {
    try {
      return validatedUser?.(await validate?.(credential));
    } catch (error) {
      if (error instanceof Error && error.message === "AUTH_INVALID_SESSION_ID") return undefined;
      throw error;
    }
  }
}
