import type { App } from "./app.js";
import { type Moment, outcomeOf } from "./fault.js";
import type { ServerScene } from "./server-scene.js";
import { gate } from "./until.js";

/** More than fits between the server and a reader who has stopped: 40 MB. */
const NOTES = 2048;

/** From outside, so that nothing of the code under test is in the way. */
async function writeNotes({ beside }: ServerScene): Promise<void> {
  await beside.read("insert into note values ('ada', repeat('A note. ', 2500))");
  for (let rows = 1; rows < NOTES; rows *= 2) {
    await beside.read("insert into note select * from note");
  }
}

/** Reads notes, which are many, and stops after the first. */
async function beginToRead(
  scene: ServerScene,
  read: (work: (db: Pick<App["db"], "selectFrom">) => Promise<void>) => Promise<void>,
): ReturnType<Moment["begin"]> {
  await writeNotes(scene);
  const [begun, proceed] = [gate(), gate()];
  let isCutShort = false;
  const outcome = outcomeOf(
    read(async (db) => {
      let rows = 0;
      for await (const _ of db.selectFrom("note").selectAll().stream()) {
        rows += 1;
        begun.open();
        await proceed.opened;
      }
      isCutShort = rows < NOTES;
    }),
  );
  await begun.opened;
  return {
    goOn: async (untilFailure) => {
      proceed.open();
      if (untilFailure) await outcome;
    },
    end: async () => {
      const came = await outcome;
      if (isCutShort) throw new Error("Rows were missing, and nobody was told.");
      return came;
    },
  };
}

export const inStream: Moment<ServerScene> = {
  name: "while rows are streamed",
  begin: (scene) => beginToRead(scene, (work) => work(scene.app.db)),
};

export const inStreamOfTransaction: Moment<ServerScene> = {
  name: "while rows are streamed in a transaction that catches errors",
  begin: (scene) =>
    beginToRead(scene, (work) =>
      scene.app.transaction(async ({ db }) => {
        await db.insertInto("note").values({ username: "ada", body: "" }).execute();
        await work(db).catch(() => {});
      }),
    ),
};
