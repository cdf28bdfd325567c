import { type Work, world } from "./work.js";

export const signUp: Work = {
  name: "sign-up",
  title: "sign up: a user and its key (no hash)",
  world: (users) => world({ users }),
  before: "delete what was written",
  begin: ({ signIn, signUp }, sample) =>
    signUp && {
      once: () => signUp(sample.newUsername()),
      check: async () => {
        const name = sample.newUsername();
        await signUp(name);
        if (signIn && !(await signIn(name))) throw new Error(`${name} cannot sign in.`);
      },
    },
};
