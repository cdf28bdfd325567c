/**
 * A document with other text between the markers of what a program writes into it.
 *
 * @param name of the program, as in `<!-- proof:begin -->` and `<!-- proof:end -->`
 * @throws Error where there are no markers
 */
export function withSection(document: string, name: string, text: string): string {
  const { start, end } = placeIn(document, name);
  return `${document.slice(0, start)}\n\n${text}\n\n${document.slice(end)}`;
}

/** What is between the markers. */
export function sectionOf(document: string, name: string): string {
  const { start, end } = placeIn(document, name);
  return document.slice(start, end).trim();
}

function placeIn(document: string, name: string): { start: number; end: number } {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [first, last] = [document.indexOf(begin), document.indexOf(end)];
  if (first === -1 || last < first) throw new Error(`It has no ${begin} with an ${end} after it.`);
  return { start: first + begin.length, end: last };
}
