export interface Dice {
  readonly below: (n: number) => number;
  readonly one: <T>(list: readonly T[]) => T;
  readonly odds: (share: number) => boolean;
}

/** Mulberry32: every run of a seed throws the same. */
export function diceOf(seed: number): Dice {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, one: (list) => list[below(list.length)]!, odds: (share) => next() < share };
}
