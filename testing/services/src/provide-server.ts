import { canInstall, installPackages } from "./install-packages.js";

interface Wanted {
  /** What the program is called in the error, such as `PostgreSQL server`. */
  readonly what: string;
  /** The ways to give the tests one, for the error, apart from Debian's packages. */
  readonly ways: string;
  /** Debian's packages that bring it. */
  readonly debianPackages: readonly string[];
  find(): string | undefined;
}

/**
 * The path of a program that was found, else, on Debian or Ubuntu as root, of the one in the
 * distribution's packages, installed now.
 *
 * @throws Error that names the ways to have one, where none of them leads to it
 */
export async function provideProgram(
  { what, ways, debianPackages, find }: Wanted,
  install = canInstall() ? installPackages : undefined,
): Promise<string> {
  const found = find();
  if (found) return found;
  const problem = await install?.(debianPackages);
  const installed = install && find();
  if (installed) return installed;
  throw new Error(
    `No ${what} was found for the tests. Give them one in one of these ways: ${ways}; or run the ` +
      "tests as root on Debian or Ubuntu, where they install " +
      `${debianPackages.join(" and ")} by themselves.` +
      (problem ? `\nInstalling it was tried and failed:\n${problem}` : ""),
  );
}
