import type { Fault } from "../fault.js";
import { moments } from "../moments.js";
import type { CutPoint } from "../proxy.js";
import type { ServerScene } from "../server-scene.js";
import type { System } from "../systems/system.js";
import { transactions } from "../transactions.js";

const losing = (
  loses: CutPoint["loses"],
  what: "endsTransaction" | "signsUp",
): Pick<Fault<ServerScene>, "inject" | "heal" | "underWay" | "meanwhile" | "stores"> => ({
  inject: async ({ proxy, system }: { proxy: ServerScene["proxy"]; system: System }) =>
    proxy.cutAt({ matches: system[what], loses }),
  heal: async ({ proxy }) => proxy.cutAt(undefined),
  underWay: "fails",
  meanwhile: "succeed at once",
  stores: loses === "answer",
});

const { plain, nested, repeatable } = transactions;
const endings = [plain, nested, repeatable, moments.load];

/** A connection is lost just when something would be committed: the caller cannot know whether it was. */
export const lostCommits: readonly Fault<ServerScene>[] = [
  {
    name: "the connection is reset before a commit arrives",
    ...losing("request", "endsTransaction"),
    moments: endings,
  },
  {
    name: "the connection is reset before the answer to a commit arrives",
    ...losing("answer", "endsTransaction"),
    moments: endings,
  },
  {
    name: "the connection is reset before a sign-up arrives",
    ...losing("request", "signsUp"),
    moments: [moments.signUp],
  },
  {
    name: "the connection is reset before the answer to a sign-up arrives",
    ...losing("answer", "signsUp"),
    moments: [moments.signUp],
  },
  {
    name: "the connection is reset before the renewal of a session is committed",
    ...losing("request", "endsTransaction"),
    renewals: "fail at once",
    moments: [moments.idle],
  },
  {
    name: "the connection is reset before the answer to the renewal of a session arrives",
    ...losing("answer", "endsTransaction"),
    renewals: "fail at once",
    moments: [moments.idle],
  },
];
