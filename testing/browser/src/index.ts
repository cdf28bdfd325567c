import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.js";
import { canInstall, installChromium } from "./install-chromium.js";

/** What each window of a Chromium with windows runs a page of its own for: half of the cost of all. */
const UNUSED = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"];

/** What Playwright switches off, as far as it matters here. Of two such lists, a browser obeys the last. */
const PLAYWRIGHTS = [
  "AimEnabled",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];

export { keepPictures, look } from "./look.js";

let executable: Promise<string> | undefined;

/**
 * Starts a headless Chromium or Chrome: the one of the environment variable `CHROMIUM_PATH`, else one
 * that is installed, else, on Debian or Ubuntu as root, the distribution's package, installed now.
 *
 * @throws Error that names these ways, where none of them leads to a browser
 * @example
 * ```ts
 * const browser = await launchBrowser();
 * const page = await browser.newPage();
 * ```
 */
export async function launchBrowser(): Promise<Browser> {
  executable ??= provideChromium();
  return chromium.launch({
    executablePath: await executable,
    // Chromium refuses to start its sandbox as root; Playwright then passes --no-sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--disable-features=${[...UNUSED, ...PLAYWRIGHTS].join()}`,
    ],
  });
}

async function provideChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  const problem = canInstall() ? await installChromium() : undefined;
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    "No Chromium or Chrome was found for the browser tests. Give them one in one of these ways: " +
      "set CHROMIUM_PATH to its executable; put chromium-headless-shell, chromium, chromium-browser, " +
      "google-chrome or google-chrome-stable on the PATH; install Chrome or Chromium in its usual place (macOS, " +
      "Windows); or run the tests as root on Debian or Ubuntu, where they install the package " +
      `\`chromium-headless-shell\` by themselves.${problem ? `\nInstalling it was tried and failed:\n${problem}` : ""}`,
  );
}
