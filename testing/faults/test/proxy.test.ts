import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startProxy } from "../src/proxy.js";

/** A client and a server that are connected through the network, and the network. */
async function startBoth() {
  const listener = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const proxy = await startProxy(`some://127.0.0.1:${(listener.address() as AddressInfo).port}`);
  const { hostname, port } = new URL(proxy.url);
  const dial = () =>
    listening(connect({ host: hostname, port: Number(port), allowHalfOpen: true }));
  listener.on("connection", listening);
  const client = dial();
  const [server]: Socket[] = await once(listener, "connection");
  if (!server) throw new Error("There is no connection.");
  onTestFinished(async () => {
    await proxy.close();
    listener.close();
  });
  return { proxy, listener, client, server, dial };
}

/** Node.js would end the process for an error that nobody listens to. */
const listening = (socket: Socket) => socket.on("error", () => {});

const heard = async (socket: Socket) => String((await once(socket, "data"))[0]);
const reset = async (socket: Socket) => {
  const [error]: unknown[] = await once(socket, "error");
  return Object(error).code;
};

test("it passes on what both sides say, and that they have ended", async () => {
  const { client, server } = await startBoth();
  client.write("question");
  expect(await heard(server)).toBe("question");
  server.write("answer");
  expect(await heard(client)).toBe("answer");
  client.end();
  await Promise.all([once(server, "end"), server.resume()]);
  server.end("last words");
  expect(await heard(client)).toBe("last words");
});

test("it resets connections, new ones too, until it works again", async () => {
  const { proxy, client, server, dial } = await startBoth();
  const resets = Promise.all([client, server].map(reset));
  proxy.set({ cut: true });
  expect(await resets).toEqual(["ECONNRESET", "ECONNRESET"]);
  expect(await reset(dial())).toBe("ECONNRESET");
  proxy.set();
  await once(dial(), "connect");
});

test("it holds back what is said, and lets it through later, in order", async () => {
  const { proxy, client, server } = await startBoth();
  let said = "";
  server.on("data", (chunk) => {
    said += chunk;
  });
  proxy.set({ hold: true });
  client.write("first ");
  // A connection that is not held shows that there was time for the other.
  server.write("meanwhile");
  await new Promise((resolve) => client.write("second", resolve));
  expect(said).toBe("");
  proxy.set({ delay: 5 });
  await once(server, "data");
  while (said.length < "first second".length) await once(server, "data");
  expect(said).toBe("first second");
});

test("it closes one half, and what went through it is lost", async () => {
  const { proxy, client, server } = await startBoth();
  proxy.set({ ends: "client" });
  await Promise.all([once(client, "end"), client.resume()]);
  server.write("lost");
  client.write("still here");
  expect(await heard(server)).toBe("still here");
  const lost = reset(server);
  proxy.set();
  expect(await lost).toBe("ECONNRESET");
});

test("it ends one side, and the other hears nothing of it", async () => {
  const { proxy, client, server } = await startBoth();
  let isEnded = false;
  client.on("end", () => {
    isEnded = true;
  });
  client.resume();
  proxy.set({ ends: "server", mutes: "client" });
  await Promise.all([once(server, "end"), server.resume()]);
  server.end();
  await once(server, "close");
  expect(isEnded).toBe(false);
  const lost = reset(client);
  proxy.set();
  expect(await lost).toBe("ECONNRESET");
});

test.each([
  ["request", []],
  ["answer", ["COMMIT"]],
] as const)("it loses one %s, after which the server has got %j", async (loses, got) => {
  const { proxy, listener, client, server, dial } = await startBoth();
  const said: string[] = [];
  const answer = (socket: Socket) =>
    socket.on("data", (chunk) => {
      said.push(String(chunk));
      socket.write("done");
    });
  answer(server);
  listener.on("connection", answer);
  proxy.cutAt({ matches: /COMMIT/, loses });
  const lost = reset(client);
  client.write("COMMIT");
  expect(await lost).toBe("ECONNRESET");
  expect(said).toEqual(got);
  const next = dial();
  next.write("COMMIT");
  expect(await heard(next)).toBe("done");
});
