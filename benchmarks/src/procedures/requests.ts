import autocannon from "autocannon";
import { OFFICIAL, OURS } from "../contestants/names.js";
import { alternate } from "../measure/alternate.js";
import { world } from "../work/work.js";
import type { Procedure } from "./procedure.js";
import { MAIN } from "./stage.js";

const CONNECTIONS = 20;
const COOKIES = 100;

/** Whole requests to an Express app in a process of its own. */
export const requests: Procedure = {
  name: "requests",
  belongsTo: () => true,
  run: async (stage) => {
    const { dialect, settings, tell } = stage;
    const servers = [];
    for (const { name, call } of await stage.workers([OURS, OFFICIAL])) {
      const port = await call.listen(MAIN, world({ users: settings.users }));
      if (!port) continue;
      const cookies = await call.credentials(MAIN, Math.min(COOKIES, settings.users));
      servers.push({ name, url: `http://127.0.0.1:${port}/`, cookies });
    }
    for (const server of servers) await requestRate(server, settings.warmUpMs);
    const values = await alternate(servers, settings.slowRounds, (server, round) => {
      tell(`requests: round ${round + 1} of ${settings.slowRounds}, ${server.name}`);
      return requestRate(server, settings.requestMs);
    });
    const title = "a request to an Express app that validates the user";
    return [{ work: "requests", title, dialect, unit: "per second", values, reference: OFFICIAL }];
  },
};

async function requestRate(
  { url, cookies }: { readonly url: string; readonly cookies: readonly string[] },
  ms: number,
): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: ms / 1000,
    requests: cookies.map((id) => ({ headers: { cookie: `auth_session=${id}` } })),
  });
  const { non2xx, errors, timeouts, duration } = result;
  if (non2xx + errors + timeouts > 0 || result["2xx"] === 0) {
    throw new Error(
      `${url} has answered ${non2xx} requests wrongly, ${errors + timeouts} not at all.`,
    );
  }
  return result["2xx"] / duration;
}
