import { setTimeout as wait } from "node:timers/promises";
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

/** Longer than any round: it ends where it is stopped, as autocannon itself ends on whole seconds only. */
const ENDLESS_SECONDS = 3600;

async function requestRate(
  { url, cookies }: { readonly url: string; readonly cookies: readonly string[] },
  ms: number,
): Promise<number> {
  const requests = cookies.map((id) => ({ headers: { cookie: `auth_session=${id}` } }));
  const { promise, instance } = begin({
    url,
    connections: CONNECTIONS,
    duration: ENDLESS_SECONDS,
    requests,
  });
  const start = performance.now();
  await wait(ms);
  const seconds = (performance.now() - start) / 1000;
  instance.stop();
  const { non2xx, errors, timeouts, "2xx": answered } = await promise;
  if (non2xx + errors + timeouts > 0 || answered === 0) {
    throw new Error(
      `${url} has answered ${non2xx} of ${answered + non2xx} requests wrongly, ${errors + timeouts} not at all.`,
    );
  }
  return answered / seconds;
}

function begin(options: autocannon.Options) {
  let instance: autocannon.Instance | undefined;
  const promise = new Promise<autocannon.Result>((resolve, reject) => {
    instance = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
  });
  if (!instance) throw new Error("autocannon did not start.");
  return { promise, instance };
}
