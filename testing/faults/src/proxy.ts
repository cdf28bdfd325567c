import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { gate } from "./until.js";

type Side = "client" | "server";

/** What the network does at the moment. */
interface Conditions {
  /** Who is told that the other has ended the connection, and gets nothing more. */
  readonly ends?: Side;
  /** Who gets nothing more, and is not told so. */
  readonly mutes?: Side;
  /** Resets connections, and new ones at once. */
  readonly cut?: true;
  /** Lets nothing through until conditions change, and everything then. */
  readonly hold?: true;
  /** Lets everything through this much later, in milliseconds. */
  readonly delay?: number;
}

/** Where a connection is reset, once: around what the client says that matches. */
export interface CutPoint {
  readonly matches: RegExp;
  /** Whether the server never gets it, or gets it and its answer is lost. */
  readonly loses: "request" | "answer";
}

/** A network between a client and a server, on the loopback interface, that can be made to fail. */
export interface NetworkProxy {
  /** The server's URL, by way of this network. */
  readonly url: string;
  /** Takes effect on all connections. Without conditions it works again; what cannot go on is reset. */
  set(conditions?: Conditions): void;
  cutAt(point: CutPoint | undefined): void;
  close(): Promise<void>;
}

/** Starts a network that works. */
export async function startProxy(serverUrl: string): Promise<NetworkProxy> {
  const { hostname, port } = new URL(serverUrl);
  const links = new Set<Link>();
  let conditions: Conditions = {};
  let change = gate();
  let cutPoint: CutPoint | undefined;

  /** Waits until what is said now may pass. */
  const passage = async () => {
    while (conditions.hold) await change.opened;
    if (conditions.delay) await wait(conditions.delay);
  };

  /** Whether a link is to be reset in place of passing on what is said. */
  const isCutPoint = (link: Link, from: Side, chunk: Buffer) => {
    if (from === "server") return link.losesAnswer;
    if (!cutPoint?.matches.test(chunk.toString("latin1"))) return false;
    const { loses } = cutPoint;
    cutPoint = undefined;
    link.losesAnswer = loses === "answer";
    return loses === "request";
  };

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const server = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const link = new Link(client, server.setNoDelay(), passage, isCutPoint);
    links.add(link);
    link.gone.then(() => links.delete(link));
    link.suffer(conditions);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");

  const url = new URL(serverUrl);
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url: url.href,
    set: (next = {}) => {
      conditions = next;
      for (const link of links) link.suffer(conditions);
      change.open();
      change = gate();
    },
    cutAt: (point) => {
      cutPoint = point;
    },
    close: async () => {
      listener.close();
      for (const link of links) link.cut();
      await once(listener, "close");
    },
  };
}

/** One connection: a socket to each side. */
class Link {
  losesAnswer = false;
  /** Resolves when both sides have closed. */
  readonly gone: Promise<unknown>;
  readonly #sockets: Record<Side, Socket>;
  /** Those who get nothing more. */
  readonly #lost = new Set<Side>();

  constructor(
    client: Socket,
    server: Socket,
    passage: () => Promise<void>,
    isCutPoint: (link: Link, from: Side, chunk: Buffer) => boolean,
  ) {
    this.#sockets = { client, server };
    const pump = async (from: Side, to: Side) => {
      // Else the socket would be destroyed that can still be written to.
      const said = this.#sockets[from].iterator({ destroyOnReturn: false });
      for await (const chunk of said) {
        await passage();
        if (isCutPoint(this, from, chunk)) return this.cut();
        // A reader who is slow makes the writer wait.
        await this.#pass(to, (socket, done) => socket.write(chunk, done));
      }
      await passage();
      await this.#pass(to, (socket, done) => socket.end(done));
    };
    const cut = () => this.cut();
    pump("client", "server").catch(cut);
    pump("server", "client").catch(cut);
    const sockets = [client, server];
    // Also after the pumps have seen the end of what the sockets say.
    for (const socket of sockets) socket.on("error", cut);
    this.gone = Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve))),
    );
  }

  async #pass(to: Side, act: (socket: Socket, done: () => void) => unknown): Promise<void> {
    const socket = this.#sockets[to];
    if (this.#lost.has(to) || !socket.writable) return;
    await new Promise<void>((resolve) => act(socket, resolve));
  }

  suffer({ cut, ends, mutes }: Conditions): void {
    const isPast = [...this.#lost].some((side) => side !== ends && side !== mutes);
    if (cut || isPast) this.cut();
    if (ends) this.#pass(ends, (socket, done) => socket.end(done));
    for (const side of [ends, mutes]) if (side) this.#lost.add(side);
  }

  /** Resets the connection for both sides. */
  cut(): void {
    for (const socket of Object.values(this.#sockets)) socket.resetAndDestroy();
  }
}
