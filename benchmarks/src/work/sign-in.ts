import { userId, username } from "../tables/ids.js";
import { expect, type Work, world } from "./work.js";

export const signIn: Work = {
  name: "sign-in",
  title: "sign in: find the key, make a session (no hash)",
  world: (users) => world({ users }),
  before: "delete what was written",
  begin: ({ signIn }, sample) =>
    signIn && {
      once: () => signIn(sample.nextUsername()),
      check: async () => expect("who has signed in", await signIn(username(0)), userId(0)),
    },
};
