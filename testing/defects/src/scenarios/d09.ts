import { type Cookie, SESSION_COOKIE_NAME } from "lucia-auth";
import type { Wiring } from "../wirings/wiring.js";
import { outcomeOf, type Scenario } from "./scenario.js";

/** A signed-in browser asks while the database refuses to answer, and again when it is back. */
export const d09: Scenario<{
  validateDuringFault: string;
  validateUserDuringFault: string;
  cookiesCleared: number;
  signedInAfterwards: boolean;
}> = {
  id: "D9",
  title: "a database error while a request is validated signs the user out",

  run: async (wiring) => {
    const { userId } = await wiring.auth.createUser({ primaryKey: null, attributes: {} });
    const { sessionId } = await wiring.auth.createSession(userId);
    const [first, second] = [new Browser(wiring, sessionId), new Browser(wiring, sessionId)];

    const answerAgain = await wiring.refuse("queries");
    const validateDuringFault = await outcomeOf(first.request().validate());
    const validateUserDuringFault = await outcomeOf(second.request().validateUser());
    await answerAgain();

    const session = await first.request().validate();
    const { user } = await second.request().validateUser();
    return {
      validateDuringFault,
      validateUserDuringFault,
      cookiesCleared: first.cleared + second.cleared,
      signedInAfterwards: session?.sessionId === sessionId && user?.userId === userId,
    };
  },

  holds: ({ validateDuringFault, validateUserDuringFault, cookiesCleared, signedInAfterwards }) =>
    validateDuringFault !== "done" &&
    validateUserDuringFault !== "done" &&
    cookiesCleared === 0 &&
    signedInAfterwards,
};

/** Keeps the session cookie from one request to the next, as it is told to. */
class Browser {
  cleared = 0;
  readonly #wiring: Wiring;
  #cookie: string;

  constructor(wiring: Wiring, sessionId: string) {
    this.#wiring = wiring;
    this.#cookie = sessionId;
  }

  request(): ReturnType<Wiring["auth"]["handleRequest"]> {
    return this.#wiring.auth.handleRequest({
      request: {
        method: "GET",
        url: "http://localhost/",
        headers: {
          origin: null,
          cookie: this.#cookie && `${SESSION_COOKIE_NAME}=${this.#cookie}`,
        },
      },
      setCookie: ({ value }: Cookie) => {
        this.#cookie = value;
        if (value === "") this.cleared += 1;
      },
    });
  }
}
