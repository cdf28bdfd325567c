const BEGIN = "<!-- bench:begin -->";
const END = "<!-- bench:end -->";

/**
 * A document with other text between its markers.
 *
 * @throws Error where there are no markers
 */
export function withSection(document: string, text: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`It has no ${BEGIN} with a ${END} after it.`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${document.slice(end)}`;
}
