import type { Compilable } from "kysely";
import { AUTH_COLUMNS, AUTH_TABLES, type AuthTable, OWNED_TABLES } from "./auth-tables.js";
import { type Comparison, columnOf, liveNameOf, misfit, togetherWith } from "./comparison.js";
import type { OwnedForeignKey } from "./dropped-foreign-keys.js";
import type { Step } from "./step.js";

/**
 * The columns with ids of users, where they are too short or compare otherwise. Both ends of a foreign key have one
 * type on MySQL: they are changed together, without the foreign keys, and by hand where an app has more of those.
 */
export function userIds(comparison: Comparison): Step[] {
  const { live, statements } = comparison;
  const columns = AUTH_TABLES.flatMap((table) => {
    const name = table === "auth_user" ? "id" : "user_id";
    const column = AUTH_COLUMNS[table].find((one) => one.name === name);
    const found = live[table] && columnOf(live[table], name);
    return found && column ? [{ table, column, live: found }] : [];
  });
  const longest = live.auth_user && columnOf(live.auth_user, "id")?.maxLength;
  const findings = columns.flatMap(({ table, column, live: found }) => {
    const minLength = Math.max(longest ?? 0, column.minLength ?? 0);
    const finding = misfit(found, { ...column, minLength });
    return finding ? [{ table, column: column.name, ...finding }] : [];
  });
  if (findings.length === 0) return brokenOff(comparison);

  const others = foreignKeysOfTheApp(comparison);
  const changes = columns.map((one) => statements.changeColumn(one.table, one.column, one.live));
  const isOurs = others.length === 0 && !changes.includes(undefined);
  const mend = isOurs && changeTogether(comparison, changes as Compilable[]);
  const steps = findings.map((finding, index) => ({
    ...finding,
    shouldBe: togetherWith(finding.shouldBe, others),
    ...(mend ? index === 0 && mend : { isByHand: true }),
  }));
  return mend ? steps : [...brokenOff(comparison), ...steps];
}

type Mend = Required<Pick<Step, "statements" | "givesForeignKey">>;

function changeTogether(comparison: Comparison, changes: readonly Compilable[]): Mend {
  const { droppedForeignKeys, statements, wanted } = comparison;
  const there = ownKeys(comparison);
  const givesForeignKey = [...there, ...droppedForeignKeys].map(({ table }) => table);
  if (!wanted.spec.freezesForeignKeys) return { statements: changes, givesForeignKey };
  const isNoted = (key: OwnedForeignKey) => droppedForeignKeys.some((noted) => isSame(noted, key));
  const unnoted = there.filter((key) => !isNoted(key));
  const all = [...droppedForeignKeys, ...unnoted];
  return {
    statements: [
      ...statements.noteForeignKeys(unnoted),
      ...there.map((key) => statements.dropForeignKey(key)),
      ...changes,
      ...all.map((key) => statements.restoreForeignKey(key)),
      ...(all.length > 0 ? [statements.forgetForeignKeys()] : []),
    ],
    givesForeignKey,
  };
}

/** Foreign keys that an interrupted migration has dropped and not added back. */
function brokenOff(comparison: Comparison): Step[] {
  const { droppedForeignKeys, statements } = comparison;
  const [first] = droppedForeignKeys;
  if (!first) return [];
  const there = ownKeys(comparison);
  const missing = droppedForeignKeys.filter((key) => !there.some((one) => isSame(one, key)));
  return [
    {
      code: "missing_foreign_key",
      level: "error",
      table: first.table,
      column: "user_id",
      is: "without a foreign key that a migration had to drop and has not come to add again",
      shouldBe: "as it was",
      statements: [
        ...missing.map((key) => statements.restoreForeignKey(key)),
        statements.forgetForeignKeys(),
      ],
      givesForeignKey: missing.map(({ table }) => table),
    },
  ];
}

const isSame = (left: OwnedForeignKey, right: OwnedForeignKey) =>
  left.table === right.table && left.name === right.name;

/** Those of `user_id` alone to the table of users. */
function ownKeys(comparison: Comparison): OwnedForeignKey[] {
  return foreignKeysOf(comparison, true).map(({ table, key }) => ({ ...key, table }));
}

/** The columns with foreign keys that would have to be changed with those of ours, and are not ours to change. */
function foreignKeysOfTheApp(comparison: Comparison): string[] {
  const { live } = comparison;
  const nameOf = (table: AuthTable) => liveNameOf(comparison, table);
  const own = OWNED_TABLES.map((table) => `${nameOf(table)}.user_id`);
  const toUsers = live.auth_user?.referencedBy ?? [];
  return [
    ...toUsers.filter((column) => !own.includes(column)),
    ...foreignKeysOf(comparison, false).map(({ table, key }) => `${nameOf(table)}.${key.name}`),
  ];
}

function foreignKeysOf(comparison: Comparison, areOurs: boolean) {
  const { live } = comparison;
  const users = liveNameOf(comparison, "auth_user");
  return OWNED_TABLES.flatMap((table) =>
    (live[table]?.foreignKeys ?? [])
      .filter(({ columns }) => columns.includes("user_id"))
      .filter(({ columns, table: to }) => (columns.length === 1 && to === users) === areOurs)
      .map((key) => ({ table, key })),
  );
}
