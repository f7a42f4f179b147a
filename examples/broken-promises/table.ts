/** Chinese, Japanese and Korean characters and their punctuation take two columns of a terminal. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** How many columns a text takes. */
export const width = (text: string): number => text.length + (text.match(wide)?.length ?? 0);

const pad = (text: string, to: number, right: boolean): string => {
  const space = " ".repeat(Math.max(0, to - width(text)));
  return right ? space + text : text + space;
};

/** Aligned columns; `right` names those that are flush right, by place. Two blanks between, none at the end. */
export function aligned(rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, right.includes(column)))
      .join("  ")
      .trimEnd(),
  );
}

/** A table with a heading and a rule below it. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] {
  const [first = "", ...rest] = aligned([heading, ...rows], right);
  const rule = "-".repeat(Math.max(width(first), ...rest.map(width)));
  return [first, rule, ...rest];
}
