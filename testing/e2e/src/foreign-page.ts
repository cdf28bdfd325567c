import { once } from "node:events";
import { createServer } from "node:http";

/** A page of somebody else, on the same machine: another port is another origin, but gets the cookies. */
export interface ForeignPage {
  readonly url: string;
  /** What the page consists of. */
  show(body: string): void;
  close(): Promise<void>;
}

export async function openForeignPage(): Promise<ForeignPage> {
  let body = "";
  const server = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>Win a prize</title>${body}`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/`,
    show: (shown) => {
      body = shown;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
