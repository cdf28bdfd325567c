import type { AuthColumn, AuthTable } from "./auth-tables.js";
import type { OwnedForeignKey } from "./dropped-foreign-keys.js";
import type { LiveColumn, LiveTable } from "./live-tables.js";
import type { TableStatements } from "./statements.js";
import type { Step } from "./step.js";
import type { WantedTables } from "./wanted-tables.js";

/** The auth tables as they are; those that are not there are missing. */
export type LiveTables = Partial<Readonly<Record<AuthTable, LiveTable>>>;

/** What is compared, and what can be done about it. */
export interface Comparison {
  readonly live: LiveTables;
  /** Whether there are rows that a new column of users has to have values for, on databases where that is asked. */
  readonly hasUsers: boolean;
  /** Foreign keys that a migration which was broken off has dropped, or was about to. */
  readonly droppedForeignKeys: readonly OwnedForeignKey[];
  readonly wanted: WantedTables;
  readonly statements: TableStatements;
}

/** The name that foreign keys tell of. */
export function liveNameOf(
  { live, wanted }: Pick<Comparison, "live" | "wanted">,
  table: AuthTable,
): string {
  return live[table]?.name ?? wanted.names.nameOf(table);
}

export function columnOf(table: LiveTable, name: string): LiveColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The name of a column that is the same one but for upper and lower case, which most databases take for it. */
export function namesakeOf({ columns }: LiveTable, name: string): string | undefined {
  const others = columns.filter((column) => column.name !== name);
  return others.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name;
}

/** A column's type in words that hold on every database. */
export function describeColumn({ type, minLength, isNullable }: AuthColumn): string {
  const words = {
    id: "text, compared byte by byte",
    integer: "an integer of 64 bits",
    boolean: "a boolean",
    text: "text",
  };
  const length = minLength === undefined ? "" : `, of at least ${minLength} characters`;
  return `${words[type]}${length}${isNullable ? ", nullable" : ""}`;
}

/** What is wrong with a column of the right kind: it holds too little, or compares otherwise. */
export function misfit(
  live: LiveColumn,
  column: AuthColumn,
): Pick<Step, "code" | "level" | "is" | "shouldBe"> | undefined {
  const code = "wrong_column";
  const shouldBe = describeColumn(column);
  if (column.isNullable && !live.isNullable) {
    return { code, level: "error", is: `${live.type} not null`, shouldBe };
  }
  if (live.maxLength !== undefined && live.maxLength < (column.minLength ?? 0)) {
    return { code, level: "error", is: live.type, shouldBe };
  }
  return column.type === "id" && !live.comparesBytes
    ? { code, level: "warning", is: live.type, shouldBe }
    : undefined;
}

/** In words, what cannot be without these columns of the app's. */
export function togetherWith(shouldBe: string, others: readonly string[]): string {
  return others.length === 0 ? shouldBe : `${shouldBe}, together with ${others.join(", ")}`;
}
