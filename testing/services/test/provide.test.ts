import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { EMBEDDED_VERSIONS, embeddedPostgresFolder } from "../src/embedded-postgres.js";
import { readVersion } from "../src/find-program.js";
import { chooseRecipe } from "../src/provide-server.js";
import type { Recipe } from "../src/server.js";
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

const recipe = (name: string): Recipe => ({
  name,
  url: () => "example://server",
  plan: () => ({ serve: [name], readyPattern: "ready", stopSignal: "SIGTERM" }),
});

const wanted = {
  what: "Example server",
  ways: ["set EXAMPLE_URL"],
  inDocker: recipe("container"),
  debianPackages: ["example", "tools"],
  find: (): Recipe | undefined => undefined,
};

function means({ hasDocker = false, problem = undefined as string | undefined } = {}) {
  return {
    canRunContainers: vi.fn(() => hasDocker),
    install: vi.fn(async (_packages: readonly string[]) => problem),
  };
}

test("asks for no containers and installs nothing where a program is found", async () => {
  const found = recipe("program");
  const machine = means({ hasDocker: true });
  expect(await chooseRecipe({ ...wanted, find: () => found }, machine)).toBe(found);
  expect(machine.canRunContainers).not.toHaveBeenCalled();
  expect(machine.install).not.toHaveBeenCalled();
});

test("takes Docker before it installs anything", async () => {
  const machine = means({ hasDocker: true });
  expect(await chooseRecipe(wanted, machine)).toBe(wanted.inDocker);
  expect(machine.install).not.toHaveBeenCalled();
});

test("finds the program that it installed", async () => {
  const machine = means();
  const find = () => (machine.install.mock.calls.length > 0 ? recipe("installed") : undefined);
  const found = await chooseRecipe({ ...wanted, find }, machine);
  expect(found.name).toBe("installed");
  expect(machine.install).toHaveBeenCalledWith(["example", "tools"]);
});

test("names the ways to have one, and what went wrong with installing it", async () => {
  await expect(chooseRecipe(wanted, means({ problem: "No space left" }))).rejects.toThrow(
    /No Example server was found.*set EXAMPLE_URL; start Docker.*; .*example and tools by themselves\.\n.*\nNo space left/s,
  );
});

test("names no way that would not do", async () => {
  const { what, ways, find } = wanted;
  const machine = means({ hasDocker: true });
  const provided = chooseRecipe({ what, ways, find }, machine);
  await expect(provided).rejects.toThrow(/in one of these ways: set EXAMPLE_URL\.$/);
  expect(machine.install).not.toHaveBeenCalled();
});

test.each(EMBEDDED_VERSIONS)("an npm package brings a PostgreSQL %i that runs", (version) => {
  const folder = embeddedPostgresFolder(version) ?? "missing";
  expect(readVersion(path.join(folder, "postgres"), undefined)).toContain(` ${version}.`);
  expect(readVersion(path.join(folder, "initdb"), undefined)).toContain(` ${version}.`);
});
