import { KYSELY, OFFICIAL, OURS, RAW } from "./contestants/names.js";
import type { DialectName } from "./dialects/dialect.js";
import { ALONE, BESIDE } from "./procedures/delete-expired.js";
import { sessions } from "./procedures/growth.js";

/** What is to be reached: a median, of quotients where it is `against` another entry. */
export type Target = {
  readonly work: string;
  readonly dialect: DialectName;
  readonly of: string;
  readonly against?: string;
} & ({ readonly atLeast: number } | { readonly atMost: number });

/** "Not slower": two runs of the same code differ by so much. */
const NOT_SLOWER = 0.98;

const ours = (work: string, dialect: DialectName, against: string, atLeast: number): Target => ({
  work,
  dialect,
  of: OURS,
  against,
  atLeast,
});

const largest = (dialect: DialectName): Target => ({
  work: "growth",
  dialect,
  of: sessions(1_000_000),
  against: sessions(10_000),
  atMost: 1.5,
});

const besideDeleting = (dialect: DialectName): Target => ({
  work: "delete-expired",
  dialect,
  of: BESIDE,
  against: ALONE,
  atLeast: 0.8,
});

export const targets: readonly Target[] = [
  ours("validate", "sqlite", OFFICIAL, 2.3),
  ours("validate", "postgres", OFFICIAL, 1.9),
  ours("validate", "mysql", OFFICIAL, 1.4),
  ours("validate", "sqlite", RAW, 0.65),
  ours("validate", "postgres", RAW, 0.93),
  ours("validate", "mysql", RAW, 0.88),
  ours("create-session-1000", "sqlite", OFFICIAL, 10),
  ours("create-session-1000", "postgres", OFFICIAL, 10),
  ours("create-session-1000", "mysql", OFFICIAL, 10),
  ours("sign-up", "sqlite", OFFICIAL, NOT_SLOWER),
  ours("sign-up", "postgres", OFFICIAL, NOT_SLOWER),
  ours("sign-up", "mysql", OFFICIAL, NOT_SLOWER),
  { work: "passwords-delay", dialect: "sqlite", of: OURS, atMost: 30 },
  ...["app-select", "app-insert", "app-join"].flatMap((work) => [
    ours(work, "sqlite", KYSELY, 1.4),
    ours(work, "postgres", KYSELY, NOT_SLOWER),
    ours(work, "mysql", KYSELY, NOT_SLOWER),
  ]),
  { work: "type-check", dialect: "sqlite", of: OURS, against: KYSELY, atMost: 1.3 },
  largest("sqlite"),
  largest("postgres"),
  largest("mysql"),
  besideDeleting("sqlite"),
  besideDeleting("postgres"),
  besideDeleting("mysql"),
];
