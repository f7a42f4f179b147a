/** One row of a CSV text: its cells, or why it cannot be read. `line` is the physical line it starts on, from 1. */
export type CsvRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly fault: string };

/** Reads RFC 4180: quoted cells may hold commas, line breaks and doubled quotes; rows end with LF or CRLF. */
export function* csvRows(text: string): Generator<CsvRow> {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const row = readRow(text, at);
    if (typeof row === "string") {
      yield { line, fault: row };
      // Only the first physical line is given up, so that one missing quote cannot swallow the rows after it.
      const lineBreak = text.indexOf("\n", at);
      at = lineBreak === -1 ? text.length : lineBreak + 1;
      line += 1;
    } else {
      yield { line, cells: row.cells };
      line += lineBreaksBetween(text, at, row.next);
      at = row.next;
    }
  }
}

type Cell = { readonly value: string; readonly end: number };

/** The cells of the row at `start` and where the next row starts, or a fault. */
function readRow(text: string, start: number): { cells: readonly string[]; next: number } | string {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : bareCell(text, at);
    if (typeof cell === "string") return cell;
    cells.push(cell.value);
    at = cell.end;
    if (text[at] === ",") at += 1;
    else if (endsRow(text, at)) return { cells, next: text[at] === "\r" ? at + 2 : at + 1 };
    else return "text after a closing quote";
  }
}

function quotedCell(text: string, opening: number): Cell | string {
  let from = opening + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return "a quote is opened and never closed";
    if (text[quote + 1] !== '"') {
      return { value: text.slice(opening + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    from = quote + 2;
  }
}

function bareCell(text: string, start: number): Cell | string {
  let end = start;
  while (text[end] !== "," && !endsRow(text, end)) {
    if (text[end] === '"') return "a quote inside a cell that does not start with one";
    end += 1;
  }
  return { value: text.slice(start, end), end };
}

function endsRow(text: string, at: number): boolean {
  return at >= text.length || text[at] === "\n" || (text[at] === "\r" && text[at + 1] === "\n");
}

function lineBreaksBetween(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if (text[at] === "\n") count += 1;
  return count;
}
