import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import type { ServerUser } from "./server-user.js";

const SUFFIX = process.platform === "win32" ? ".exe" : "";

/** The files of this name in the folders of the PATH and in these others, links followed. */
export function findFiles(name: string, otherFolders: readonly string[] = []): string[] {
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter).filter(Boolean);
  return [...onPath, ...otherFolders]
    .map((folder) => path.join(folder, name + SUFFIX))
    .filter((file) => existsSync(file))
    .map((file) => realpathSync(file));
}

/** The program of this name in the same folder as another. */
export function findSibling(program: string, name: string): string {
  return path.join(path.dirname(program), name + SUFFIX);
}

/**
 * Whether the program starts as this user: not where a library is missing, or where it lies in a
 * folder that only root can enter.
 */
export function canRun(program: string, user: ServerUser | undefined): boolean {
  const { status } = spawnSync(program, ["--version"], { ...user, cwd: "/", stdio: "ignore" });
  return status === 0;
}
