import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { type Place, startServer } from "../src/server.js";

/** Listens like a database server, and says so like one. */
const SCRIPT = `
const server = require("node:net").createServer();
server.on("error", () => console.error("bind: Address already in use"));
server.listen(Number(process.argv[1]), "127.0.0.1", () => console.log("accepts connections"));
`;

/** A server that is a few lines of Node.js, and the places where it was told to be. */
function recipe({ script = SCRIPT, prepare = "", ports = [] as number[] } = {}) {
  const places: Place[] = [];
  return {
    places,
    name: "example",
    url: (port: number) => `example://127.0.0.1:${port}`,
    plan(place: Place) {
      places.push(place);
      return {
        user: undefined,
        prepare: [process.execPath, "-e", prepare],
        serve: [process.execPath, "-e", script, String(ports.shift() ?? place.port)],
        readyPattern: "accepts connections",
        stopSignal: "SIGTERM",
      } as const;
    },
  };
}

test("takes another port where somebody else took the first", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const taken = typeof address === "object" ? (address?.port ?? 0) : 0;
  const example = recipe({ ports: [taken] });
  const server = await startServer(example);
  expect(example.places).toHaveLength(2);
  expect(server.url).toBe(`example://127.0.0.1:${example.places[1]?.port}`);
  await server.stop();
  other.close();
  expect(example.places.map(({ directory }) => existsSync(directory))).toEqual([false, false]);
});

test.each([
  { step: "preparing", options: { prepare: "throw new Error('no space')" } },
  { step: "serving", options: { script: "throw new Error('no space')" } },
])("says what the server said where $step fails, and removes its files", async ({ options }) => {
  const example = recipe(options);
  await expect(startServer(example)).rejects.toThrow(/example server did not start:\n.*no space/s);
  expect(example.places).toHaveLength(1);
  expect(existsSync(example.places[0]?.directory ?? "")).toBe(false);
});

test("says which program is missing", async () => {
  const example = recipe();
  const plan = (place: Place) => ({ ...example.plan(place), serve: ["/missing/program"] as const });
  await expect(startServer({ ...example, plan })).rejects.toThrow(/\/missing\/program ENOENT/);
});
