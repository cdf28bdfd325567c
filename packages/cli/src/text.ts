/** `1 row`, `2,000 rows`. */
export function count(number: number, word: string): string {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

/** What a terminal would obey, and what is not seen or turns the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text from a database, so that it does nothing but be read: an escape character is shown as `\u{1b}`. */
export function printable(text: string): string {
  return text.replaceAll(
    UNPRINTABLE,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** A document that stays the same to programs, and does nothing to a terminal that it ends up on. */
export function printableJson(document: object): string {
  return JSON.stringify(document, null, 2).replaceAll(UNPRINTABLE, (character) =>
    character === "\n" ? character : escaped(character),
  );
}

/** As JSON writes it: one escape for each of its UTF-16 units. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16).padStart(4, "0");
    return `\\u${unit}`;
  }).join("");
}
