import type { Fault } from "../fault.js";
import { moments } from "../moments.js";
import type { SqliteScene } from "../sqlite-scene.js";
import { transactions } from "../transactions.js";

const { idle, load } = moments;
const { plain, catching } = transactions;

const endElsewhere = (scene: SqliteScene) => scene.endElsewhere();
const kill = (scene: SqliteScene) => scene.endElsewhere("SIGKILL");

const full: Fault<SqliteScene> = {
  name: "the database is full",
  inject: async ({ database }) => {
    database.pragma(`max_page_count = ${database.pragma("page_count", { simple: true })}`);
  },
  heal: async ({ database }) => {
    database.pragma("max_page_count = 1000000");
  },
  underWay: "fails",
  meanwhile: "succeed at once",
  // A session may fit into a page that is there.
  renewals: "end at once",
};

/** What it has written is in the file already, or beside it, and must go again. */
const writeMuch = [
  "pragma cache_size = 1",
  "begin immediate",
  "insert into note select 'nobody', zeroblob(200000)",
];

/** With a rollback journal, those who read and those who write shut each other out. */
export const journalFaults: readonly Fault<SqliteScene>[] = [
  full,
  {
    name: "another process has locked the file",
    inject: ({ runElsewhere }) => runElsewhere("begin exclusive"),
    heal: endElsewhere,
    underWay: "fails",
    meanwhile: "fail at once",
    // In a transaction the other process could not have it.
    moments: [idle, load],
  },
  {
    name: "another process reads while something is to be committed",
    inject: ({ runElsewhere }) => runElsewhere("begin", "select * from auth_user"),
    heal: endElsewhere,
    underWay: "fails",
    meanwhile: "succeed at once",
    renewals: "fail at once",
    moments: [idle, plain, catching, load],
  },
  {
    name: "another process is killed in the middle of a transaction",
    inject: ({ runElsewhere }) => runElsewhere(...writeMuch),
    heal: kill,
    underWay: "fails",
    meanwhile: "fail at once",
    moments: [idle, load],
  },
];

/** With a write-ahead log, those who write shut each other out. */
export const walFaults: readonly Fault<SqliteScene>[] = [
  full,
  {
    name: "another process writes",
    inject: ({ runElsewhere }) => runElsewhere("begin immediate"),
    heal: endElsewhere,
    underWay: "fails",
    meanwhile: "succeed at once",
    renewals: "fail at once",
    moments: [idle, load],
  },
  {
    name: "another process reads while something is to be committed",
    inject: ({ runElsewhere }) => runElsewhere("begin", "select * from auth_user"),
    heal: endElsewhere,
    underWay: "succeeds",
    meanwhile: "succeed at once",
  },
  {
    name: "another process is killed in the middle of a transaction",
    inject: ({ runElsewhere }) => runElsewhere(...writeMuch),
    heal: kill,
    underWay: "fails",
    meanwhile: "succeed at once",
    renewals: "fail at once",
    moments: [idle, load],
  },
];
