import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { EMBEDDED_VERSIONS, embeddedPostgresFolder } from "./embedded-postgres.js";
import { findFiles, findSibling, readVersion } from "./find-program.js";
import { speaks } from "./message-language.js";
import type { PostgresOptions } from "./postgres.js";
import type { ServerUser } from "./server-user.js";

const DEBIAN_FOLDER = "/usr/lib/postgresql";

/**
 * The program of a server on the machine, or else from npm, that starts as this user and has its
 * `initdb` beside it.
 */
export function findPostgres(
  { version, language }: PostgresOptions,
  user: ServerUser | undefined,
): string | undefined {
  const embedded = EMBEDDED_VERSIONS.map((major) => embeddedPostgresFolder(major));
  const folders = [...debianFolders(), ...embedded.filter((folder) => folder !== undefined)];
  return findFiles("postgres", folders)
    .map((file) => realpathSync(file))
    .find((program) => {
      const major = readVersion(program, user)?.match(/\(PostgreSQL\) (\d+)/)?.[1];
      return (
        major !== undefined &&
        (version === undefined || Number(major) === version) &&
        readVersion(findSibling(program, "initdb"), user) !== undefined &&
        (language === undefined || speaks(program, language))
      );
    });
}

/** Debian puts the programs of each version in a folder off the PATH; here the newest comes first. */
function debianFolders(): string[] {
  if (!existsSync(DEBIAN_FOLDER)) return [];
  return readdirSync(DEBIAN_FOLDER)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(DEBIAN_FOLDER, version, "bin"));
}
