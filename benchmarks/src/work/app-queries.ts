import { userId } from "../tables/ids.js";
import { expect, type Work, world } from "./work.js";

const JOINED = 20;
/** So that a join finds all that it asks for, and the table of notes is no larger than the others. */
const notes = (users: number) =>
  world({ users: Math.max(1, Math.floor(users / JOINED)), notesPerUser: JOINED });

export const appSelect: Work = {
  name: "app-select",
  title: "a query of the app: select by id",
  world: (users) => world({ users }),
  before: "nothing",
  begin: ({ app }, sample) =>
    app && {
      once: () => app.selectById(sample.nextUserId()),
      check: async () =>
        expect("the row of a user", (await app.selectById(userId(0)))?.id, userId(0)),
    },
};

export const appInsert: Work = {
  name: "app-insert",
  title: "a query of the app: insert",
  world: notes,
  before: "delete what was written",
  begin: ({ app }, sample) =>
    app && {
      once: () => app.insertNote(sample.nextUserId()),
      check: async () => {
        await app.insertNote(userId(0));
      },
    },
};

export const appJoin: Work = {
  name: "app-join",
  title: `a query of the app: join of ${JOINED} rows`,
  world: notes,
  before: "nothing",
  begin: ({ app }, sample) =>
    app && {
      once: () => app.joinNotes(sample.nextUserId()),
      check: async () =>
        expect("the rows of a join", (await app.joinNotes(userId(0))).length, JOINED),
    },
};
