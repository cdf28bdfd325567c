import { type App, signUp, withNote, writeNote } from "./app.js";
import { type Moment, outcomeOf, type Scene } from "./fault.js";
import { gate } from "./until.js";

type Scope = Pick<App, "db" | "auth">;

const USERNAME = withNote("under way");

/** Writes what remains of a transaction. */
type Rest = (scope: Scope) => Promise<void>;

/**
 * A moment in the middle of a transaction, which writes a user with a note and a session.
 *
 * @param finish does what remains when the fault has begun
 * @param retries how often it may be repeated. No fault of these allows for that.
 */
const inTransaction = (
  name: string,
  finish: (rest: Rest, scope: Scope, app: App) => Promise<unknown>,
  retries = 0,
): Moment<Scene> => ({
  name,
  begin: async ({ app }) => {
    const [begun, proceed] = [gate(), gate()];
    let attempts = 0;
    const call = app.transaction(
      async (scope) => {
        attempts = scope.attempt;
        const { userId } = await signUp(scope, USERNAME);
        begun.open();
        await proceed.opened;
        const rest: Rest = async ({ db, auth }) => {
          await writeNote({ db }, USERNAME);
          await auth.createSession(userId);
        };
        await finish(rest, scope, app);
      },
      { retries },
    );
    const outcome = outcomeOf(call);
    await Promise.race([begun.opened, call]);
    return {
      username: USERNAME,
      goOn: async (untilFailure) => {
        proceed.open();
        if (untilFailure) await outcome;
      },
      end: async () => {
        const came = await outcome;
        if (attempts > 1) throw new Error("What may have been stored was done again.");
        return came;
      },
    };
  },
});

/** Would be found as a note without its user, if it came past the end of the transaction. */
const writeMore = ({ db }: Scope) =>
  db.insertInto("note").values({ username: USERNAME, body: "More" }).execute();

/** Apps are written in one of these ways. */
export const transactions = {
  plain: inTransaction("in the middle of a transaction", (rest, scope) => rest(scope)),

  catching: inTransaction(
    "in the middle of a transaction that catches errors and goes on",
    async (rest, scope) => {
      await rest(scope).catch(() => {});
      await writeMore(scope).catch(() => {});
    },
  ),

  nested: inTransaction(
    "in the middle of a transaction that catches errors of one inside it",
    async (rest, scope, app) => {
      await app.transaction(rest).catch(() => {});
      await writeMore(scope).catch(() => {});
    },
  ),

  repeatable: inTransaction(
    "in the middle of a transaction that may be repeated",
    (rest, scope) => rest(scope),
    3,
  ),
};
