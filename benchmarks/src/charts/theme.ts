const STYLE = `
  svg.chart { color: #1f2328; --others: #afb8c1; --ours: #2da44e; --page: #fff; --plot-background: transparent; }
  @media (prefers-color-scheme: dark) {
    svg.chart { color: #e6edf3; --others: #57606a; --ours: #3fb950; --page: #0d1117; }
  }`;

/**
 * A chart as a file of its own, which pages show as an image: it then sees nothing of their style, but the reader's
 * choice of light or dark.
 */
export function inLightAndDark(svg: string, title: string): string {
  const named = svg.replace(
    /<svg([^>]*)>/,
    (_tag, attributes: string) =>
      `<svg${attributes.includes("xmlns=") ? "" : ' xmlns="http://www.w3.org/2000/svg"'}${attributes} role="img">` +
      `<title>${title}</title>`,
  );
  const end = named.lastIndexOf("</svg>");
  // Last, so that it overrules the style of the library.
  return `${named.slice(0, end)}<style>${STYLE}\n</style></svg>\n`;
}
