import { width } from "../broken-promises/table.js";

/** Text as HTML and SVG take it. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const at = (n: number): string => String(Math.round(n * 10) / 10);

/** The colours of the grades, best first: one hue, so that they also print in grey. */
export const inks: Readonly<Record<string, string>> = { A: "#1d4e73", B: "#4583ab", C: "#93bbd3", D: "#c8d5dd" };
export const ink = (grade: string): string => inks[grade] ?? "#999999";

export type Anchor = "start" | "middle" | "end";

export const text = (x: number, y: number, words: string, css = "", anchor: Anchor = "start"): string =>
  `<text x="${at(x)}" y="${at(y)}"${css === "" ? "" : ` class="${css}"`} text-anchor="${anchor}">${escaped(words)}</text>`;
export const rect = (x: number, y: number, width: number, height: number, fill: string, more = ""): string =>
  `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" fill="${fill}"${more}/>`;
export const line = (x1: number, y1: number, x2: number, y2: number, css = "rule", more = ""): string =>
  `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" class="${css}"${more}/>`;
export const path = (d: readonly (string | number)[], css: string, more = ""): string =>
  `<path d="${d.map((part) => (typeof part === "number" ? at(part) : part)).join(" ")}" class="${css}"${more}/>`;

/** A drawing with a name for who cannot see it. On a narrow screen it scrolls rather than becoming illegible. */
export const svg = (name: string, wide: number, height: number, parts: readonly string[]): string =>
  [
    `<div class="drawing"><svg viewBox="0 0 ${wide} ${at(height)}" role="img" aria-label="${escaped(name)}" style="max-width:${wide}px;min-width:${Math.round(0.8 * wide)}px">`,
    ...parts,
    "</svg></div>",
  ].join("\n");

/** Lines of at most so many columns, broken at blanks; wide characters take two. */
export function wrapped(words: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || width(last) + width(word) + 1 > most) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Several lines of text around a height. */
export const block = (x: number, y: number, lines: readonly string[], css = "", anchor: Anchor = "start"): string =>
  lines.map((words, place) => text(x, y + (place - (lines.length - 1) / 2) * 13 + 4, words, css, anchor)).join("");
