import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { ServerUser } from "./server-user.js";

const SUFFIX = process.platform === "win32" ? ".exe" : "";

/** The files of this name in the folders of the PATH and in these others. */
export function findFiles(name: string, otherFolders: readonly string[] = []): string[] {
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter).filter(Boolean);
  return [...onPath, ...otherFolders]
    .map((folder) => path.join(folder, name + SUFFIX))
    .filter((file) => existsSync(file));
}

/** The program of this name in the same folder as another. */
export function findSibling(program: string, name: string): string {
  return path.join(path.dirname(program), name + SUFFIX);
}

/**
 * What the program says of its version, if it starts as this user: it does not where a library is
 * missing, or where it lies in a folder that only root can enter.
 */
export function readVersion(program: string, user: ServerUser | undefined): string | undefined {
  const { status, stdout } = spawnSync(program, ["--version"], { ...user, cwd: "/" });
  return status === 0 ? String(stdout) : undefined;
}
