import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { dataFolder } from "@kysely-lucia/services";
import { expect, test, vi } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** By day one of them: they are told to the same function. */
const isNight = process.env["KYSELY_LUCIA_NIGHTLY"] !== undefined;

test.each(isNight ? SIGNALS : SIGNALS.slice(0, 1))(
  "%s ends a run, which leaves nothing behind",
  async (signal) => {
    const bench = spawn(process.execPath, ["--import", "tsx", MAIN, "--quick"], {
      stdio: "ignore",
    });
    const ended = once(bench, "exit");
    const left = () =>
      readdirSync(dataFolder()).filter((name) =>
        name.startsWith(`kysely-lucia-bench-${bench.pid}-`),
      );
    await vi.waitFor(() => expect(left()).toHaveLength(1), { timeout: 30_000 });
    bench.kill(signal);
    // The terminal, and programs that have started this one, may send it as well.
    bench.kill(signal);
    expect(await ended).toEqual([128 + constants.signals[signal], null]);
    expect(left()).toEqual([]);
  },
);
