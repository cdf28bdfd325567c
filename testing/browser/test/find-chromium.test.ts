import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findChromium } from "../src/find-chromium.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "find-chromium-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function addFile(name: string, mode: number): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "");
  chmodSync(file, mode);
  return file;
}

const onLinux = (env: Record<string, string>) => findChromium({ env, platform: "linux" });

test("CHROMIUM_PATH comes before the PATH", () => {
  addFile("bin/chromium", 0o755);
  const chosen = addFile("my-browser", 0o755);
  expect(onLinux({ CHROMIUM_PATH: chosen, PATH: path.join(folder, "bin") })).toBe(chosen);
});

test("a CHROMIUM_PATH that cannot be run is an error, not a reason to look further", () => {
  addFile("bin/chromium", 0o755);
  const env = { CHROMIUM_PATH: path.join(folder, "missing"), PATH: path.join(folder, "bin") };
  expect(() => onLinux(env)).toThrow(/CHROMIUM_PATH is set to .*missing/);
});

test("finds a browser on the PATH, Chromium before Chrome, wherever each stands", () => {
  addFile("first/google-chrome", 0o755);
  const chromium = addFile("second/chromium", 0o755);
  const PATH = ["first", "second"].map((name) => path.join(folder, name)).join(path.delimiter);
  expect(onLinux({ PATH })).toBe(chromium);
});

test("prefers the one without windows", () => {
  addFile("first/chromium", 0o755);
  const shell = addFile("second/chromium-headless-shell", 0o755);
  const PATH = ["first", "second"].map((name) => path.join(folder, name)).join(path.delimiter);
  expect(onLinux({ PATH })).toBe(shell);
});

test("passes over a folder, a file that is not executable, and an empty PATH", () => {
  addFile("bin/chromium/file", 0o644);
  addFile("bin/google-chrome", 0o644);
  expect(onLinux({ PATH: path.join(folder, "bin") })).toBeUndefined();
  expect(onLinux({})).toBeUndefined();
});

test("finds Chrome in the Applications folder of a Mac's user", () => {
  const chrome = addFile("Applications/Google Chrome.app/Contents/MacOS/Google Chrome", 0o755);
  expect(findChromium({ env: { HOME: folder }, platform: "darwin" })).toBe(chrome);
});
