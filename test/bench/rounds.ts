/** One way to compute a thing. It answers all that it made: what nobody keeps, an engine does not make at all. */
export interface Contestant {
  readonly name: string;
  readonly run: () => unknown;
}

/** Nanoseconds per run, round by round. */
export type Times = ReadonlyMap<string, readonly number[]>;

/** The last answer, where everything can see it. Only the last: a collector that has to carry old ones measures itself. */
export const kept: { last: unknown } = { last: undefined };

/** Milliseconds of the processor, not of the clock: how long others kept it away says nothing about the work. */
function time(run: () => unknown, times: number): number {
  const from = process.cpuUsage();
  for (let i = 0; i < times; i++) kept.last = run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e3;
}

/** Young garbage only: a full collection drops shapes that nobody holds just then, and with them the code made for them. */
const collect = () => (globalThis as { gc?: (options: { type: "minor" }) => void }).gc?.({ type: "minor" });

/**
 * Rounds in which everybody runs for about as long, one after the other, in an order that turns. As many rounds before
 * them are not counted: on a busy machine an engine takes a second to settle.
 */
export function compete(contestants: readonly Contestant[], rounds = 25, ms = 15): Times {
  const runs = new Map<string, number>();
  for (const { name, run } of contestants) {
    let many = 16;
    while (time(run, many) < ms) many *= 2;
    runs.set(name, Math.max(1, Math.round((many * ms) / time(run, many))));
  }
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -rounds; round < rounds; round++) {
    for (let place = 0; place < contestants.length; place++) {
      const { name, run } = contestants[(place + round + rounds) % contestants.length]!;
      collect();
      const many = runs.get(name)!;
      const spent = (time(run, many) * 1e6) / many;
      if (round >= 0) times.get(name)!.push(spent);
    }
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** How many times as long one takes as another: the median of what it is in each round. */
export const ratio = (times: Times, slow: string, fast: string): number =>
  median(times.get(slow)!.map((t, round) => t / times.get(fast)![round]!));

/** A bar: what was measured, and between what it must lie. */
export interface Bar {
  readonly what: string;
  readonly measured: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}
export const isMet = ({ measured, atLeast = 0, atMost = Infinity }: Bar): boolean =>
  measured >= atLeast && measured <= atMost;

export const shown = (ns: number): string =>
  ns < 1e3 ? `${ns.toFixed(0)} ns` : ns < 1e6 ? `${(ns / 1e3).toFixed(2)} µs` : `${(ns / 1e6).toFixed(2)} ms`;

export function printTimes(title: string, times: Times): void {
  console.log(`\n${title}`);
  for (const [name, all] of times)
    console.log(
      `  ${name.padEnd(28)} ${shown(median(all)).padStart(10)}   (${shown(Math.min(...all))} to ${shown(Math.max(...all))})`,
    );
}
