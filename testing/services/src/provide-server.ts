import { canRunContainers } from "./docker.js";
import { canInstall, installPackages } from "./install-packages.js";
import { type OwnServer, type Recipe, type Server, startServer } from "./server.js";

/** A server that tests want, and the ways to have one. */
export interface Wanted {
  /** What it is called in the error, such as `PostgreSQL server`. */
  readonly what: string;
  /** The environment variable for the URL of one, if that would do, and such a URL. */
  readonly variable?: { readonly name: string; readonly example: string };
  /** The other ways to give the tests one, for the error, apart from Docker and Debian's packages. */
  readonly ways: readonly string[];
  /** With programs that are on the machine. */
  find(): Recipe | undefined;
  /** With Docker, if that would do. */
  readonly inDocker?: Recipe;
  /** Debian's packages that bring a program, if they would do. */
  readonly debianPackages?: readonly string[];
}

/** What the machine can do beside running the programs on it. */
export interface Means {
  readonly canRunContainers: () => boolean;
  /** Returns what went wrong. */
  readonly install?: ((packages: readonly string[]) => Promise<string | undefined>) | undefined;
}

const ofThisMachine = (): Means => ({
  canRunContainers,
  install: canInstall() ? installPackages : undefined,
});

/**
 * The server of the environment variable, else one started for the caller alone: with a program that
 * was found, else with Docker, else, on Debian or Ubuntu as root, with the distribution's packages,
 * installed now.
 *
 * @throws Error that names the ways to have one, where none of them leads to it
 */
export async function provideServer(wanted: Wanted): Promise<Server> {
  const url = wanted.variable && process.env[wanted.variable.name];
  if (url) return { url, stop: async () => {} };
  return startServer(await chooseRecipe(wanted));
}

/**
 * The same without what would be somebody else's, and without Docker, whose containers lose their data
 * when they are killed.
 *
 * @throws Error that names the ways to have one, where none of them leads to it
 */
export async function provideOwnServer({
  variable: _variable,
  inDocker: _inDocker,
  ...wanted
}: Wanted): Promise<OwnServer> {
  return startServer(await chooseRecipe(wanted));
}

/** The first of the ways that the machine has the means for. */
export async function chooseRecipe(wanted: Wanted, means = ofThisMachine()): Promise<Recipe> {
  const { what, variable, ways, inDocker, debianPackages } = wanted;
  const found = wanted.find();
  if (found) return found;
  if (inDocker && means.canRunContainers()) return inDocker;
  const problem = debianPackages && (await means.install?.(debianPackages));
  const installed = debianPackages && means.install && wanted.find();
  if (installed) return installed;
  const allWays = [
    ...(variable ? [`set ${variable.name} to the URL of one, such as ${variable.example}`] : []),
    ...ways,
    ...(inDocker ? ["start Docker, such that `docker info` succeeds"] : []),
    ...(debianPackages
      ? [
          "run the tests as root on Debian or Ubuntu, where they install " +
            `${debianPackages.join(" and ")} by themselves`,
        ]
      : []),
  ];
  throw new Error(
    `No ${what} was found for the tests. Give them one in one of these ways: ${allWays.join("; ")}.` +
      (problem ? `\nInstalling it was tried and failed:\n${problem}` : ""),
  );
}
