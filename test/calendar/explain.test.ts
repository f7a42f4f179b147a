import { describe, expect, it } from "vitest";
import {
  type Calendar,
  type Explanation,
  explainAdd,
  explainBetween,
  type Pause,
  subtract,
  type WorkingDuration,
} from "../../src/calendar/index.js";
import { toMs } from "../../src/kernel/instant.js";
import { always, coded, day, hour, minute, office, onlyOn, workweek } from "./given.js";

const monday = (time: string) => `2026-03-02T${time}:00.000Z`;
const tuesday = (time: string) => `2026-03-03T${time}:00.000Z`;
const pause = (from: string, to: string, reason?: string): Pause => ({ from: monday(from), to: monday(to), reason });
const used = ({ used }: Explanation) => used.map(({ from, to }) => `${from.slice(8, 16)} ${to.slice(8, 16)}`);
const skipped = ({ skipped }: Explanation) =>
  skipped.map(({ from, to, reason, name }) => `${from.slice(8, 16)} ${to.slice(8, 16)} ${name ?? reason}`);

/** What was used and skipped fill the time without a gap, and what was used is the answer. */
function sound(why: Explanation): void {
  const parts = [...why.used, ...why.skipped].sort((a, b) => (a.from < b.from ? -1 : 1));
  expect(parts.map(({ from }) => from)).toEqual([why.from, ...parts.map(({ to }) => to)].slice(0, parts.length));
  expect(parts.at(-1)?.to ?? why.from).toBe(why.to);
  for (const { from, to } of parts) expect(from < to).toBe(true);
  for (const { from, to, ms } of why.used) expect(ms).toBe(toMs(to) - toMs(from));
  expect(why.used.reduce((sum, { ms }) => sum + ms, 0)).toBe(Math.abs(why.total));
}

describe("why so much working time lies between", () => {
  const calendar = office({
    week: workweek("09:00-12:00", "13:00-17:00"),
    holidays: [{ date: "2026-03-03", name: "Tuesday off" }, "2026-03-04"],
    days: {
      "2026-03-05": { windows: [], name: "Stocktaking" },
      "2026-03-06": [],
      "2026-03-07": { windows: ["10:00-11:00"], name: "Open day" },
    },
  });

  it("names what was used and what was skipped", () => {
    const why = explainBetween(calendar, monday("10:00"), "2026-03-09T00:00:00.000Z");
    sound(why);
    expect(used(why)).toEqual(["02T10:00 02T12:00", "02T13:00 02T17:00", "07T10:00 07T11:00"]);
    expect(skipped(why)).toEqual([
      "02T12:00 02T13:00 closed",
      "02T17:00 03T00:00 closed",
      "03T00:00 04T00:00 Tuesday off",
      "04T00:00 05T00:00 holiday",
      "05T00:00 06T00:00 Stocktaking",
      // A date that is closed without a name is closed, as a weekend is.
      "06T00:00 07T10:00 closed",
      "07T11:00 09T00:00 closed",
    ]);
    expect(why.skipped.map(({ reason }) => reason)).toEqual([
      "closed",
      "closed",
      "holiday",
      "holiday",
      "holiday",
      "closed",
      "closed",
    ]);
    expect(why.total).toBe(7 * hour);
    expect(why.total).toBe(calendar.between(monday("10:00"), "2026-03-09T00:00:00.000Z"));
  });

  it("tells holidays apart by their local dates, joined where they are the same", () => {
    const shanghai = office({
      zone: "Asia/Shanghai",
      holidays: ["2026-10-01", "2026-10-02", "2026-10-05"].map((date) => ({ date, name: "国庆节" })),
    });
    const why = explainBetween(shanghai, "2026-09-30T09:00:00.000Z", "2026-10-06T01:00:00.000Z");
    expect(why.skipped.map(({ from, to, name }) => [from.slice(5, 13), to.slice(5, 13), name])).toEqual([
      ["09-30T09", "09-30T16", null],
      ["09-30T16", "10-02T16", "国庆节"],
      ["10-02T16", "10-04T16", null],
      ["10-04T16", "10-05T16", "国庆节"],
      ["10-05T16", "10-06T01", null],
    ]);
  });

  it("is the same backwards, and negative", () => {
    const forth = explainBetween(calendar, monday("10:00"), "2026-03-09T00:00:00.000Z");
    const back = explainBetween(calendar, "2026-03-09T00:00:00.000Z", monday("10:00"));
    expect(back).toEqual({ ...forth, total: -forth.total });
    const closed = explainBetween(calendar, tuesday("12:00"), tuesday("10:00"));
    expect(closed.total).toBe(0);
    expect(skipped(closed)).toEqual(["03T10:00 03T12:00 Tuesday off"]);
  });

  it("has nothing to say of no time, takes milliseconds, and cuts at exact boundaries", () => {
    const none = explainBetween(calendar, monday("10:00"), monday("10:00"));
    expect(none).toEqual({
      from: monday("10:00"),
      to: monday("10:00"),
      used: [],
      skipped: [],
      total: 0,
      provisional: false,
    });
    expect(explainBetween(calendar, toMs(monday("10:00")), toMs(monday("14:00")))).toEqual(
      explainBetween(calendar, monday("10:00"), monday("14:00")),
    );
    expect(used(explainBetween(calendar, monday("09:00"), monday("12:00")))).toEqual(["02T09:00 02T12:00"]);
    expect(skipped(explainBetween(calendar, monday("09:00"), monday("12:00")))).toEqual([]);
    expect(skipped(explainBetween(calendar, monday("12:00"), monday("13:00")))).toEqual(["02T12:00 02T13:00 closed"]);
    // Of the holiday that begins where this ends, nothing is told.
    expect(skipped(explainBetween(calendar, monday("18:00"), tuesday("00:00")))).toEqual(["02T18:00 03T00:00 closed"]);
  });

  it("tells the dates of a second midnight apart", () => {
    // Newfoundland, 2006-10-29: at 00:01 (02:31 UTC) clocks went back to 23:01 of the day before.
    const calendar = office({ zone: "America/St_Johns", holidays: [{ date: "2006-10-29", name: "the 29th" }] });
    expect(skipped(explainBetween(calendar, "2006-10-29T02:00:00.000Z", "2006-10-29T04:00:00.000Z"))).toEqual([
      "29T02:00 29T02:30 closed",
      "29T02:30 29T02:31 the 29th",
      "29T02:31 29T03:30 closed",
      "29T03:30 29T04:00 the 29th",
    ]);
    const within = explainBetween(calendar, "2006-10-29T02:40:00.000Z", "2006-10-29T04:00:00.000Z");
    expect(skipped(within)).toEqual(["29T02:40 29T03:30 closed", "29T03:30 29T04:00 the 29th"]);
  });

  it("tells of a date that was left out", () => {
    const calendar = office({ zone: "Pacific/Apia", holidays: [{ date: "2011-12-30", name: "the 30th" }] });
    const why = explainBetween(calendar, "2011-12-30T03:00:00.000Z", "2011-12-30T19:00:00.000Z");
    expect(skipped(why)).toEqual(["30T03:00 30T19:00 closed"]);
  });

  it("is provisional where it reaches beyond what is known", () => {
    const known = office({ dataThrough: "2026-03-02" });
    expect(explainBetween(known, monday("10:00"), monday("23:59")).provisional).toBe(false);
    expect(explainBetween(known, monday("10:00"), tuesday("00:00")).provisional).toBe(true);
    expect(explainBetween(known, tuesday("00:00"), monday("10:00")).provisional).toBe(true);
    expect(explainAdd(known, monday("16:00"), { hours: 1 }).provisional).toBe(false);
    expect(explainAdd(known, monday("16:00"), { hours: 2 }).provisional).toBe(true);
  });
});

describe("pauses", () => {
  const between = (...pauses: readonly Pause[]) => {
    const why = explainBetween(office(), monday("08:00"), tuesday("10:00"), { pauses });
    sound(why);
    return why;
  };

  it("do not count, and are named", () => {
    const why = between(pause("10:00", "11:00", "awaiting parts"), pause("12:00", "12:30"));
    expect(why.total).toBe(7.5 * hour);
    expect(used(why)).toEqual(["02T09:00 02T10:00", "02T11:00 02T12:00", "02T12:30 02T17:00", "03T09:00 03T10:00"]);
    expect(skipped(why)).toEqual([
      "02T08:00 02T09:00 closed",
      "02T10:00 02T11:00 awaiting parts",
      "02T12:00 02T12:30 pause",
      "02T17:00 03T09:00 closed",
    ]);
    expect(why.skipped.map(({ reason }) => reason)).toEqual(["closed", "pause", "pause", "closed"]);
  });

  it.each<[string, readonly Pause[], number]>([
    ["none", [], 9],
    ["two that overlap", [pause("10:00", "12:00"), pause("11:00", "13:00")], 6],
    ["one within another", [pause("10:00", "14:00"), pause("11:00", "12:00")], 5],
    ["the same twice", [pause("10:00", "12:00"), pause("10:00", "12:00")], 7],
    ["two that touch", [pause("10:00", "11:00"), pause("11:00", "12:00")], 7],
    ["the later first", [pause("15:00", "16:00"), pause("10:00", "11:00")], 7],
    ["outside of hours", [pause("17:00", "23:59"), pause("01:00", "09:00")], 9],
    [
      "before and after what is asked",
      [
        { from: "2026-02-01T00:00:00.000Z", to: monday("08:00") },
        { from: tuesday("10:00"), to: "2026-04-01T00:00:00.000Z" },
      ],
      9,
    ],
    ["over the opening", [pause("08:30", "09:30")], 8.5],
    ["over the closing and the night", [{ from: monday("16:00"), to: tuesday("09:30") }], 7.5],
    ["everything", [{ from: "2026-01-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z" }], 0],
    ["of no length", [pause("10:00", "10:00")], 9],
    ["that end before they begin", [pause("12:00", "10:00")], 9],
    ["in milliseconds", [{ from: toMs(monday("10:00")), to: toMs(monday("12:00")) }], 7],
  ])("%s", (_, pauses, expected) => {
    const why = between(...pauses);
    expect(why.total).toBe(expected * hour);
    const back = explainBetween(office(), tuesday("10:00"), monday("08:00"), { pauses });
    expect(back).toEqual({ ...why, total: why.total === 0 ? 0 : -why.total });
  });

  it("of one name and another, the first that began keeps its name", () => {
    const why = between(
      pause("10:00", "12:00", "parts"),
      pause("11:00", "13:00", "customer"),
      pause("12:00", "12:30", "never seen"),
    );
    expect(skipped(why).filter((text) => !text.endsWith("closed"))).toEqual([
      "02T10:00 02T12:00 parts",
      "02T12:00 02T13:00 customer",
    ]);
    const same = between(pause("10:00", "12:00", "parts"), pause("12:00", "13:00", "parts"));
    expect(skipped(same).filter((text) => !text.endsWith("closed"))).toEqual(["02T10:00 02T13:00 parts"]);
  });

  it("are like a calendar that is taken away", () => {
    const pauses = [pause("10:00", "11:00"), pause("16:30", "18:00"), { from: tuesday("09:00"), to: tuesday("09:45") }];
    const without = subtract(
      office(),
      onlyOn({ "2026-03-02": ["10:00-11:00", "16:30-18:00"], "2026-03-03": ["09:00-09:45"] }),
    );
    const end = toMs(tuesday("12:00"));
    const uneven = Array.from({ length: 40 }, (_, i) => toMs(monday("08:00")) + i * 37 * minute);
    const edges = [monday("08:00"), monday("09:00"), monday("10:00"), monday("10:30"), monday("11:00"), monday("16:30")]
      .concat([monday("17:00"), tuesday("09:00"), tuesday("09:45"), tuesday("10:00")])
      .map(toMs);
    const [some, exact] = [
      [1, 23, 200, 480, 900, -1, -45, -300],
      [15, 60, 330, 375, 390, 450, -15, -60, -330, -390, -450],
    ];
    for (const from of [...uneven, ...edges]) {
      expect(explainBetween(office(), from, end, { pauses }).total).toBe(without.between(from, end));
      for (const minutes of [...some!, ...exact!])
        for (const land of ["deadline", "resume"] as const) {
          const why = explainAdd(office(), from, { minutes }, { pauses, land });
          sound(why);
          expect(why.total).toBe(minutes * minute);
          const there = toMs(minutes < 0 ? why.from : why.to);
          const asked = `${new Date(from).toISOString()} ${minutes} ${land}`;
          expect(there, asked).toBe(without.add(from, { minutes }, { land }));
        }
    }
  });

  it("nothing to add leads to the first moment that is open and not paused", () => {
    for (const land of ["deadline", "resume"] as const) {
      const first = (at: string, ...pauses: readonly Pause[]) =>
        explainAdd(office(), monday(at), 0, { pauses, land }).to;
      expect(first("10:30", pause("10:00", "11:00"))).toBe(monday("11:00"));
      expect(first("10:00", pause("10:00", "11:00"), pause("11:00", "12:00"))).toBe(monday("12:00"));
      expect(first("11:00", pause("10:00", "11:00"))).toBe(monday("11:00"));
      expect(first("08:00", pause("08:30", "09:15"))).toBe(monday("09:15"));
    }
  });

  it.each<[string, unknown, "INVALID_OPTIONS" | "INVALID_INSTANT"]>([
    ["no list", {}, "INVALID_OPTIONS"],
    ["nothing", null, "INVALID_OPTIONS"],
    ["a list of nothing", [null], "INVALID_OPTIONS"],
    ["without an end", [{ from: monday("10:00") }], "INVALID_INSTANT"],
    ["from a date", [{ from: "2026-03-02", to: monday("10:00") }], "INVALID_INSTANT"],
    ["until half a millisecond", [{ from: 0, to: 0.5 }], "INVALID_INSTANT"],
    ["for ever", [{ from: 0, to: Infinity }], "INVALID_INSTANT"],
    ["10,001 of them", new Array(10_001).fill(pause("10:00", "11:00")), "INVALID_OPTIONS"],
  ])("are refused: %s", (_, pauses, code) => {
    const options = { pauses: pauses as readonly Pause[] };
    expect(() => explainBetween(office(), 0, 1, options)).toThrow(coded(code));
    expect(() => explainAdd(office(), 0, 1, options)).toThrow(coded(code));
  });

  it("are at most 10,000", () => {
    const start = toMs(monday("00:00"));
    const pauses = Array.from({ length: 10_000 }, (_, i) => ({
      from: start + 2 * i * minute,
      to: start + (2 * i + 1) * minute,
    }));
    expect(explainBetween(always(), start, start + 20_000 * minute, { pauses }).total).toBe(10_000 * minute);
    const why = explainAdd(always(), start, 10_000 * minute, { pauses });
    expect(why.to).toBe(new Date(start + 20_000 * minute).toISOString());
  });
});

describe("why adding leads where it does", () => {
  it.each<[string, WorkingDuration, string, string]>([
    [monday("15:00"), { hours: 4 }, monday("15:00"), tuesday("11:00")],
    [tuesday("11:00"), { hours: -4 }, monday("15:00"), tuesday("11:00")],
    [monday("08:00"), 0, monday("08:00"), monday("09:00")],
    [monday("16:00"), { hours: 1 }, monday("16:00"), monday("17:00")],
    [monday("18:00"), { hours: -8 }, monday("09:00"), monday("18:00")],
  ])("from %s, %j", (at, duration, from, to) => {
    const calendar = office();
    const why = explainAdd(calendar, at, duration);
    sound(why);
    expect([why.from, why.to]).toEqual([from, to]);
    expect(explainAdd(calendar, toMs(at), duration)).toEqual(why);
    expect([why.from, why.to]).toContain(calendar.add(at, duration));
  });

  it("lands where add lands", () => {
    const why = explainAdd(office(), monday("16:00"), { hours: 1 }, { land: "resume" });
    sound(why);
    expect([why.to, why.total]).toEqual([tuesday("09:00"), hour]);
    expect(skipped(why)).toEqual(["02T17:00 03T09:00 closed"]);
  });

  it("a due time moves on by what was paused before it, and by nothing else", () => {
    const due = (...pauses: readonly Pause[]) => explainAdd(office(), monday("10:00"), { hours: 4 }, { pauses }).to;
    expect(due()).toBe(monday("14:00"));
    expect(due(pause("12:00", "13:00"))).toBe(monday("15:00"));
    expect(due(pause("09:00", "10:30"))).toBe(monday("14:30"));
    expect(due(pause("13:59", "16:00"))).toBe(monday("16:01"));
    expect(due(pause("14:00", "16:00"))).toBe(monday("14:00"));
    expect(due(pause("08:00", "10:00"))).toBe(monday("14:00"));
    // One pause brings the due time into reach of the next.
    expect(due(pause("13:30", "14:30"), pause("14:45", "15:45"))).toBe(monday("16:00"));
    expect(due({ from: monday("13:00"), to: tuesday("09:30") })).toBe(tuesday("10:30"));
  });

  it("looks at each pause once, however long it is", () => {
    const calendar = always();
    let asked = 0;
    const counted: Calendar = {
      ...calendar,
      add: ((...args: Parameters<Calendar["add"]>) => {
        asked++;
        if (asked > 1000) throw new Error("asked for ever");
        return calendar.add(...args);
      }) as Calendar["add"],
    };
    const start = toMs(monday("00:00"));
    const due = start + hour;
    const pauses = [
      { from: due - 1, to: due + 30 * day },
      { from: due + 30 * day, to: due + 60 * day },
    ];
    const why = explainAdd(counted, start, { hours: 1 }, { pauses });
    expect([why.to, why.total]).toEqual([new Date(due + 60 * day + 1).toISOString(), hour]);
  });

  it("is refused where add is", () => {
    expect(() => explainAdd(office(), monday("10:00"), { days: 1 } as never)).toThrow(coded("USE_ADD_DAYS"));
    expect(() => explainAdd(office(), monday("10:00"), 0.5)).toThrow(coded("INVALID_DURATION"));
    expect(() => explainAdd(office(), "2026-03-02", hour)).toThrow(coded("INVALID_INSTANT"));
    expect(() => explainAdd(office(), monday("10:00"), hour, { land: "there" as never })).toThrow(
      coded("INVALID_OPTIONS"),
    );
    expect(() => explainAdd(office(), monday("10:00"), hour, null as never)).toThrow(coded("INVALID_OPTIONS"));
    expect(() => explainAdd(office(), monday("10:00"), { hours: 2_000_000 })).toThrow(coded("BEYOND_HORIZON"));
    expect(() => explainBetween(office(), 0, 2 ** 50)).toThrow(coded("BEYOND_HORIZON"));
    expect(() => explainBetween({} as Calendar, 0, 1)).toThrow(coded("INVALID_OPTIONS"));
    // Nobody can say when what is paused without an end is due.
    const endless = [{ from: monday("11:00"), to: "9999-12-31T23:59:59.999Z" }];
    expect(() => explainAdd(office(), monday("10:00"), { hours: 4 }, { pauses: endless })).toThrow(
      coded("BEYOND_HORIZON"),
    );
    expect(explainAdd(office(), monday("10:00"), { hours: 1 }, { pauses: endless }).to).toBe(monday("11:00"));
  });
});
