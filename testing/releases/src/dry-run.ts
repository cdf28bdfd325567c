/**
 * `pnpm release:dry` shows, in a copy and without a network, which versions and changelogs the next release would have, and
 * which ones would come of four changes after it.
 */
import { type Release, ReleaseFolder } from "./release-folder.js";
import { SAMPLE_CHANGES } from "./sample-changes.js";

const folder = await ReleaseFolder.create();
try {
  print("The next release", await folder.version());
  for (const { what, packages } of SAMPLE_CHANGES) {
    await folder.change(packages, `${what[0]?.toUpperCase()}${what.slice(1)}.`);
    print(`After that, a change of ${what}`, await folder.version());
  }
} finally {
  await folder.remove();
}

function print(title: string, releases: readonly Release[]): void {
  console.log(`\n# ${title}`);
  if (releases.length === 0) console.log("\nNothing is released.");
  for (const { name, from, to, changes } of releases) {
    console.log(`\n${name}  ${from} → ${to}`);
    console.log(changes.replaceAll(/^/gm, "  "));
  }
}
