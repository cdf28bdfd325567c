const BEGIN = "<!-- proof:begin -->";
const END = "<!-- proof:end -->";

/** A document with other text between its markers. */
export function withSection(document: string, text: string): string {
  const { start, end } = placeIn(document);
  return `${document.slice(0, start)}\n\n${text}\n\n${document.slice(end)}`;
}

/** What is between the markers of a document. */
export function sectionOf(document: string): string {
  const { start, end } = placeIn(document);
  return document.slice(start, end).trim();
}

/** @throws Error where there are no markers */
function placeIn(document: string): { start: number; end: number } {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`It has no ${BEGIN} with a ${END} after it.`);
  return { start: begin + BEGIN.length, end };
}
