import { median } from "./rounds.js";

/** Milliseconds that each way takes in each round, by the clock; the ways take turns in going first. */
export async function inTurns(
  ways: Readonly<Record<string, () => Promise<unknown>>>,
  rounds: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  const names = Object.keys(ways);
  for (let round = -2; round < rounds; round++)
    for (let place = 0; place < names.length; place++) {
      const name = names[(place + round + names.length * 2) % names.length]!;
      const from = performance.now();
      await ways[name]!();
      if (round >= 0) times.get(name)!.push(performance.now() - from);
    }
  return times;
}

/** How many times as long one takes as another: the median of what it is in each round. */
export const ratioOf = (times: ReadonlyMap<string, readonly number[]>, slow: string, fast: string): number =>
  median(times.get(slow)!.map((t, i) => t / times.get(fast)![i]!));
