/** A table in Markdown. A bar in a cell would end it. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(line)].join("\n");
}

const DIALECT_NAMES = { sqlite: "SQLite", postgres: "PostgreSQL", mysql: "MariaDB" } as const;

export function dialectName(dialect: keyof typeof DIALECT_NAMES): string {
  return DIALECT_NAMES[dialect];
}
