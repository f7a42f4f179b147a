import { deepStrictEqual } from "node:assert";
import { type Instant, type Reading, readClock, toInstant, toMs } from "../../src/index.js";
import { type Read, read as readByHand, readStored } from "./clocks-by-hand.js";
import { at, calendar, clocks, hour } from "./five-clocks.js";
import { type Bar, compete, printTimes, ratio } from "./rounds.js";

const [ours, byHand] = ["readClock", "fold by hand"];
const inMs = clocks.map(({ target, promised, marks }) => ({
  target,
  promised,
  marks: marks.map((m) => ({ ...m, at: toMs(m.at) })),
}));

const told = <At extends number | Instant>(r: Reading<At>): Omit<Read<At>, "state"> & Pick<Reading, "state"> => {
  const { state, verdict, due, elapsed, remaining, paused, late, levels, wakeAt } = r;
  return { state, verdict, due, elapsed, remaining, paused, late, levels, wakeAt };
};

/** Every half an hour of three months, and the milliseconds around each time at which something will happen. */
function checkThatAllAgree(): number {
  let read = 0;
  const agree = (clock: number, asOf: number): number | null => {
    const { target, promised, marks } = inMs[clock]!;
    const byHand = readByHand(promised, marks, asOf);
    deepStrictEqual([clock, asOf, byHand], [clock, asOf, told(readClock(target, marks, { calendar, asOf }))]);
    const now = toInstant(asOf);
    const stored = readStored(promised, clocks[clock]!.marks, now);
    deepStrictEqual(stored, told(readClock(target, clocks[clock]!.marks, { calendar, asOf: now })));
    read++;
    return byHand.wakeAt;
  };
  for (const clock of clocks.keys())
    for (let asOf = toMs(at(1, "00:00")); asOf < toMs(at(1, "00:00")) + 90 * 24 * hour; asOf += hour / 2) {
      const wake = agree(clock, asOf);
      if (wake !== null) for (const ms of [-1, 0, 1]) agree(clock, wake + ms);
    }
  return read;
}

/** Sixteen moments after all that happened, from shortly after the last of it until when all that still run are late. */
const moments = Array.from({ length: 16 }, (_, i) => toMs(at(18, "10:30")) + i * 19 * hour);
const instants = moments.map(toInstant);

/**
 * Instants are what is stored. In milliseconds the fold by hand takes half a microsecond a clock: it trusts the order of
 * its marks, and its target to be the one it was, and tells neither intervals nor earlier runs nor what has become known
 * late.
 */
const bars = { asStored: 3, inMilliseconds: 14 };

export function reading(): readonly Bar[] {
  console.log(`\nclocks: ${checkThatAllAgree()} readings agree`);
  const inMilliseconds = compete([
    {
      name: ours,
      run: () => moments.map((asOf) => inMs.map(({ target, marks }) => readClock(target, marks, { calendar, asOf }))),
    },
    {
      name: byHand,
      run: () => moments.map((asOf) => inMs.map(({ promised, marks }) => readByHand(promised, marks, asOf))),
    },
  ]);
  const asStored = compete([
    {
      name: ours,
      run: () =>
        instants.map((asOf) => clocks.map(({ target, marks }) => readClock(target, marks, { calendar, asOf }))),
    },
    {
      name: byHand,
      run: () => instants.map((asOf) => clocks.map(({ promised, marks }) => readStored(promised, marks, asOf))),
    },
  ]);
  printTimes("5 clocks of 10 marks, in milliseconds (times 16)", inMilliseconds);
  printTimes("5 clocks of 10 marks, as stored (times 16)", asStored);
  return [
    {
      what: "5 clocks, milliseconds: ours / by hand",
      measured: ratio(inMilliseconds, ours, byHand),
      atMost: bars.inMilliseconds,
    },
    { what: "5 clocks, as stored: ours / by hand", measured: ratio(asStored, ours, byHand), atMost: bars.asStored },
  ];
}
