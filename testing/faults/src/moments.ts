import { onTestFinished } from "vitest";
import { signUp } from "./app.js";
import { type Moment, type Outcome, outcomeOf } from "./fault.js";
import { startLoad } from "./load.js";
import { until } from "./until.js";

/** As many users at a time as make them wait for connections. */
const USERS_AT_ONCE = 6;

/** Moments of an app on any database. */
export const moments = {
  idle: {
    name: "while nothing is under way",
    begin: async () => ({ goOn: async () => {}, end: async () => undefined }),
  },

  signUp: {
    name: "just before a sign-up",
    begin: async ({ app }) => {
      let outcome: Promise<Outcome> | undefined;
      return {
        username: "under way",
        goOn: async (untilFailure) => {
          outcome = outcomeOf(signUp(app, "under way"));
          if (untilFailure) await outcome;
        },
        end: async () => outcome,
      };
    },
  },

  load: {
    name: "while many users come and go",
    begin: async ({ app, ledger }) => {
      const load = startLoad(app, "user", USERS_AT_ONCE, ledger);
      onTestFinished(() => void load.stop());
      await load.goOn();
      const hasFailed = () => ledger.failures.length > 0;
      return {
        goOn: async (untilFailure, again) => {
          if (!untilFailure) return;
          await until("a call fails", async () => {
            if (!hasFailed()) await again();
            return hasFailed();
          });
        },
        end: async () => {
          await load.goOn();
          await load.stop();
          return hasFailed() ? "fails" : "succeeds";
        },
      };
    },
  },
} as const satisfies Record<string, Moment>;
