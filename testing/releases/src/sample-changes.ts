import type { Bump } from "./release-folder.js";

/** A change as somebody could make it once all packages have had their first release. */
export interface SampleChange {
  readonly what: string;
  /** The packages that the changeset names. */
  readonly packages: Readonly<Record<string, Bump>>;
}

export const SAMPLE_CHANGES: readonly SampleChange[] = [
  { what: "the schema", packages: { schema: "minor" } },
  { what: "core", packages: { core: "patch" } },
  { what: "one dialect", packages: { mysql: "patch" } },
  { what: "documents only", packages: {} },
];
