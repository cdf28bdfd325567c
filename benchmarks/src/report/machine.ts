import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

const SAMPLE_MS = 1000;

/** What a run was done on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly system: string;
  /** The part of the processor's time that others took before the run, from 0 to 1. */
  readonly busyBefore: number;
}

export async function describeMachine(): Promise<Machine> {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
    busyBefore: await busyPart(),
  };
}

/** The commit that is checked out, with a `+` where something was changed after it. */
export function currentCommit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  try {
    return (
      git("rev-parse", "--short", "HEAD") +
      (git("status", "--porcelain", "--", ":/", ":!/benchmarks/results") ? "+" : "")
    );
  } catch {
    return "unknown";
  }
}

async function busyPart(): Promise<number> {
  const before = processorTimes();
  await wait(SAMPLE_MS);
  const after = processorTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function processorTimes(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    all: times.flatMap((one) => Object.values(one)).reduce((sum, ms) => sum + ms, 0),
  };
}
