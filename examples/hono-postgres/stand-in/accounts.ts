/**
 * Those who can be chosen, by the number that stays theirs. One of the names cannot be one at the site,
 * where a person then chooses another.
 */
export const ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ["7c1e", "ada"],
  ["b83f", "grace"],
  ["e452", "Zoë M."],
]);
