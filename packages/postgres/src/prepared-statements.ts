import { createHash } from "node:crypto";

/** A statement as `pg` prepares it: sent with its text once on each connection, and by its name from then on. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/** Behind a pooler that hands out another server connection each time: the name is not there, or is already. */
const NOT_KEPT = ["26000", "42P05"];

/** After a change of a table: "cached plan must not change result type". A trigger of the app's may raise it, too. */
const OUTDATED = "0A000";

/** More often than this tables do not change while a process runs: another setting of the connections does. */
const MOST_GENERATIONS = 20;

/**
 * The statements that are prepared on the connections of one pool. Outside of transactions alone: there a statement
 * that cannot be used has done nothing, and can be sent again without its name.
 */
export class PreparedStatements {
  readonly #sqls: ReadonlySet<string>;
  readonly #named = new Map<string, NamedStatement>();
  #areKept = true;
  /** Part of the names, so that those of before are not used again. */
  #generation = 1;

  /** @param sqls those worth preparing, which become more */
  constructor(sqls: ReadonlySet<string>) {
    this.#sqls = sqls;
  }

  /** The statement by its name, where it has one. */
  named(sql: string): NamedStatement | undefined {
    if (!this.#areKept || !this.#sqls.has(sql)) return undefined;
    const known = this.#named.get(sql);
    if (known) return known;
    const hash = createHash("sha256").update(sql).digest("hex").slice(0, 32);
    const statement = { name: `kysely_lucia_${hash}_${this.#generation}`, text: sql };
    this.#named.set(sql, statement);
    return statement;
  }

  /**
   * Whether it may be because of its name that a statement has failed: it was not run, and can be sent without. Where
   * the server does not keep names, none is given any more.
   */
  learnFrom(error: unknown): boolean {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (NOT_KEPT.includes(code)) this.#areKept = false;
    return code === OUTDATED || NOT_KEPT.includes(code);
  }

  /**
   * Gives all of them new names, as one has worked without its own. Others may have found that out before. Those of
   * before stay on the server: where it happens again and again, as when `search_path` changes, none is given.
   */
  renew(outdated: NamedStatement): void {
    if (this.#named.get(outdated.text) !== outdated) return;
    this.#generation += 1;
    if (this.#generation > MOST_GENERATIONS) this.#areKept = false;
    this.#named.clear();
  }
}
