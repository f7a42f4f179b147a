/** One line of a Pareto analysis. */
export interface ParetoRow {
  readonly key: string;
  readonly count: number;
  /** Of all that have a key. */
  readonly share: number;
  /** The share of this line and all before it; exactly 1 on the last. */
  readonly cumulative: number;
}

/** What there is most of, first. */
export interface Pareto {
  /** How many have a key. */
  readonly n: number;
  /** How many have none: they are in no line and in no share. */
  readonly unknown: number;
  readonly rows: readonly ParetoRow[];
}

/**
 * Sorts what was counted: the most first, equal counts by their keys in the order of code units, so that nothing
 * depends on the order of counting. Cumulative shares are sums of counts over the whole, divided once.
 */
export function paretoOf(counts: ReadonlyMap<string, number>, unknown = 0): Pareto {
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const n = sorted.reduce((sum, [, count]) => sum + count, 0);
  let before = 0;
  const rows = sorted.map(([key, count]) => {
    before += count;
    return { key, count, share: count / n, cumulative: before / n };
  });
  return { n, unknown, rows };
}
