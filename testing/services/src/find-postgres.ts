import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { EMBEDDED_VERSIONS, embeddedPostgresFolder } from "./embedded-postgres.js";
import { findFiles, findSibling, readVersion } from "./find-program.js";
import { speaks } from "./message-language.js";
import type { PostgresOptions } from "./postgres.js";
import type { ServerUser } from "./server-user.js";

const DEBIAN_FOLDER = "/usr/lib/postgresql";

/** The program of a server, with its `initdb` beside it. */
export interface FoundPostgres {
  readonly program: string;
  /** The folder to copy, with the program in it, where the user who runs it cannot reach it there. */
  readonly outOfReach?: string;
}

/** The program of a server on the machine that starts as this user, or else one from npm. */
export function findPostgres(
  options: PostgresOptions,
  user: ServerUser | undefined,
): FoundPostgres | undefined {
  const program = findFiles("postgres", debianFolders())
    .map((file) => realpathSync(file))
    .find((file) => fits(file, options, user));
  return program === undefined ? findEmbedded(options, user) : { program };
}

/** What npm has installed may be in a folder that only root can enter, and servers do not run as root. */
function findEmbedded(
  options: PostgresOptions,
  user: ServerUser | undefined,
): FoundPostgres | undefined {
  const folders = EMBEDDED_VERSIONS.map((major) => embeddedPostgresFolder(major));
  for (const folder of folders.filter((found) => found !== undefined)) {
    const file = findSibling(path.join(folder, "initdb"), "postgres");
    if (!existsSync(file)) continue;
    const program = realpathSync(file);
    if (fits(program, options, user)) return { program };
    const outOfReach = path.dirname(path.dirname(program));
    if (fits(program, options, undefined)) return { program, outOfReach };
  }
  return undefined;
}

function fits(
  program: string,
  { version, language }: PostgresOptions,
  user: ServerUser | undefined,
): boolean {
  const major = readVersion(program, user)?.match(/\(PostgreSQL\) (\d+)/)?.[1];
  return (
    major !== undefined &&
    (version === undefined || Number(major) === version) &&
    readVersion(findSibling(program, "initdb"), user) !== undefined &&
    (language === undefined || speaks(program, language))
  );
}

/** Debian puts the programs of each version in a folder off the PATH; here the newest comes first. */
function debianFolders(): string[] {
  if (!existsSync(DEBIAN_FOLDER)) return [];
  return readdirSync(DEBIAN_FOLDER)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(DEBIAN_FOLDER, version, "bin"));
}
