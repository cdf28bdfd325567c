import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { embeddedPostgresFolder } from "../src/embedded-postgres.js";
import { canRun } from "../src/find-program.js";
import { provideProgram } from "../src/provide-program.js";
import { services } from "./services.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(Object.values(services))("uses the URL of $variable as it is", async (service) => {
  vi.stubEnv(service.variable, "some://server");
  const server = await service.start();
  expect(server.url).toBe("some://server");
  await server.stop();
});

const wanted = {
  what: "Example server",
  ways: "set EXAMPLE_URL",
  debianPackages: ["example", "tools"],
};

test("installs nothing where a program is found", async () => {
  const install = vi.fn();
  const found = await provideProgram({ ...wanted, find: () => "/bin/example" }, install);
  expect(found).toBe("/bin/example");
  expect(install).not.toHaveBeenCalled();
});

test("finds the program that it installed", async () => {
  let place: string | undefined;
  const install = async (names: readonly string[]) => {
    place = `/installed/${names[0]}`;
    return undefined;
  };
  expect(await provideProgram({ ...wanted, find: () => place }, install)).toBe(
    "/installed/example",
  );
});

test("names the ways to have one, and what went wrong with installing it", async () => {
  const provided = provideProgram(
    { ...wanted, find: () => undefined },
    async () => "No space left",
  );
  await expect(provided).rejects.toThrow(
    /No Example server was found.*set EXAMPLE_URL; .*example and tools by themselves\.\n.*\nNo space left/s,
  );
});

test("the npm package brings a PostgreSQL that runs", () => {
  const folder = embeddedPostgresFolder() ?? "missing";
  expect(canRun(path.join(folder, "postgres"), undefined)).toBe(true);
  expect(canRun(path.join(folder, "initdb"), undefined)).toBe(true);
});
