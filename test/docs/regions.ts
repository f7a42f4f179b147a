/** The lines between `// #region name` and `// #endregion name`, dedented; `undefined` where there is no such pair. */
export function regionOf(text: string, name: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const is = (word: string) => (line: string) => line.trim() === `// #${word} ${name}`;
  const from = lines.findIndex(is("region"));
  const to = lines.findIndex(is("endregion"));
  if (from < 0 || to < from) return undefined;
  // Regions may lie inside one another; their marks are not part of what is shown.
  const inner = lines.slice(from + 1, to).filter((line) => !/^\s*\/\/ #(end)?region\b/.test(line));
  return dedent(byName(inner));
}

/** An example in this checkout imports by path, its reader by name. */
const byName = (lines: readonly string[]): readonly string[] =>
  lines.map((line) =>
    line
      .replace(/(from |import\()"(?:\.\.\/)+src\/index\.js"/, '$1"clientele"')
      .replace(/(from |import\()"(?:\.\.\/)+src\/(\w+)\/index\.js"/, '$1"clientele/$2"'),
  );

function dedent(lines: readonly string[]): string {
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const depth = depths.length > 0 ? Math.min(...depths) : 0;
  return lines
    .map((line) => line.slice(depth))
    .join("\n")
    .trim();
}
