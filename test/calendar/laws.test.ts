import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Calendar, explainAdd, explainBetween, intersect, unite } from "../../src/calendar/index.js";
import { toInstant } from "../../src/kernel/instant.js";
import { dateNear, day, hour, make, type Questions, questions, scene, weekdays } from "./arbitraries.js";
import { answer, lawOf, onDate, resume } from "./law.js";

describe("adding and counting", () => {
  it("counts what was added, and no less would do", () => {
    lawOf(({ calendar, at: [t], amounts: [n] }) => {
      for (const sign of [1, -1])
        for (const land of ["deadline", "resume"] as const) {
          const there = answer(() => calendar.add(t, sign * n, { land }));
          if (typeof there === "string") return;
          expect(calendar.between(t, there)).toBe(sign * n);
        }
      // Of all moments so far away a deadline is the first; backwards it is the last opening or moment of work.
      const due = calendar.add(t, n);
      expect(calendar.between(t, due - 1)).toBe(n - 1);
      const back = calendar.add(t, -n);
      expect(calendar.between(t, back + 1)).toBe(1 - n);
    });
  });

  it("adds in two steps what it adds in one", () => {
    lawOf(({ calendar, at: [t], amounts: [a, b] }) => {
      for (const sign of [1, -1])
        for (const land of ["deadline", "resume"] as const) {
          const add = (ms: number, n: number) => calendar.add(ms, sign * n, { land });
          expect(answer(() => add(add(t, a), b))).toBe(answer(() => add(t, a + b)));
        }
    });
  });

  it("resumes at the opening from a deadline on; backwards at the closing up to it", () => {
    lawOf(({ calendar, at: [t], amounts: [n] }) => {
      const due = answer(() => calendar.add(t, n));
      if (typeof due === "string") return;
      expect(answer(() => calendar.add(t, n, resume))).toBe(calendar.nextOpening(due) ?? "BEYOND_HORIZON");
      const back = answer(() => calendar.add(t, -n));
      if (typeof back === "string") return;
      expect(answer(() => calendar.add(t, -n, resume))).toBe(calendar.previousClosing(back) ?? "BEYOND_HORIZON");
      expect(calendar.add(t, 0)).toBe(calendar.nextOpening(t));
    });
  });

  it("counts in parts what it counts at once, and backwards the same with a minus", () => {
    lawOf(({ calendar, at: [t, u, v] }) => {
      expect(calendar.between(t, u) + calendar.between(u, v)).toBe(calendar.between(t, v));
      expect(calendar.between(t, u) + calendar.between(u, t)).toBe(0);
      expect(calendar.between(t, t)).toBe(0);
    });
  });

  it("never gives the later or the longer the earlier answer", () => {
    lawOf(({ calendar, at, amounts }) => {
      const [t, u] = [Math.min(at[0], at[1]), Math.max(at[0], at[1])];
      const [a, b] = [Math.min(...amounts), Math.max(...amounts)];
      for (const sign of [1, -1]) {
        const add = (ms: number, n: number) => answer(() => calendar.add(ms, sign * n));
        const [short, late, long] = [add(t, a), add(u, a), add(t, b)];
        if (typeof short === "number" && typeof late === "number") expect(late).toBeGreaterThanOrEqual(short);
        if (typeof short === "number" && typeof long === "number")
          expect(sign * long).toBeGreaterThanOrEqual(sign * short);
      }
      expect(calendar.between(t, u)).toBeGreaterThanOrEqual(0);
    });
  });
});

describe("open stretches", () => {
  it("are sorted, and have closed time between them", () => {
    lawOf(({ spans }) => {
      spans.forEach(({ from, to }, i) => {
        expect(to).toBeGreaterThan(from);
        if (i > 0) expect(from).toBeGreaterThan(spans[i - 1]!.to);
      });
    });
  });

  it("say what is open, what opens and closes, and how much lies between", () => {
    lawOf(({ calendar, spans, low, high, at: [t, u] }) => {
      expect(calendar.isOpen(t)).toBe(spans.some(({ from, to }) => from <= t && t < to));
      const inside = calendar.isOpen(t) ? t : undefined;
      // What was cut at the edge of the two months has its other end further away.
      const known = (ms: number | undefined) => (ms === undefined || ms === low || ms === high ? undefined : ms);
      const opening = inside ?? known(spans.find(({ from }) => from >= t)?.from);
      if (opening !== undefined) expect(calendar.nextOpening(t)).toBe(opening);
      const closing = known(spans.find(({ to }) => to > t)?.to);
      if (closing !== undefined) expect(calendar.nextClosing(t)).toBe(closing);
      const before = spans.filter(({ from }) => from < t).at(-1);
      if (known(before?.from) !== undefined) expect(calendar.previousOpening(t)).toBe(before!.from);
      if (before !== undefined) expect(calendar.previousClosing(t)).toBe(Math.min(t, before.to));
      const [from, to] = [Math.min(t, u), Math.max(t, u)];
      const worked = spans.reduce((sum, s) => sum + Math.max(0, Math.min(s.to, to) - Math.max(s.from, from)), 0);
      expect(calendar.between(from, to)).toBe(worked);
    });
  });

  it("are cut to what was asked for", () => {
    lawOf(({ calendar, spans, at: [t, u] }) => {
      const cut = spans.flatMap((s) => {
        const [from, to] = [Math.max(s.from, t), Math.min(s.to, u)];
        return from < to ? [{ from, to }] : [];
      });
      expect(calendar.spans(t, u)).toEqual(cut);
    });
  });
});

/** Questions for every door. */
function everything({ at: [t, u], amounts: [n], n: count }: Questions): readonly ((calendar: Calendar) => unknown)[] {
  return [
    (c) => [c.isOpen(t), c.isProvisional(t), c.isWorkingDay(t), c.isWorkingDay(onDate(t, c.zone))],
    (c) => [c.nextOpening(t), c.nextClosing(t)],
    (c) => [c.previousOpening(t), c.previousClosing(t)],
    (c) => [c.spans(t, u), c.between(t, u), c.daysBetween(t, u)],
    ...[n, -n, 0].flatMap((amount): ((c: Calendar) => unknown)[] => [
      (c) => c.add(t, amount),
      (c) => c.add(t, amount, resume),
      (c) => explainAdd(c, t, amount),
    ]),
    ...[count, -count].map((some) => (c: Calendar) => [c.addDays(t, some), c.addDays(onDate(t, c.zone), some)]),
    (c) => explainBetween(c, t, u),
  ];
}

describe("the same answer", () => {
  it("in milliseconds and as an instant", () => {
    lawOf(({ calendar, at: [t, u], amounts: [n], n: count }) => {
      const [from, to] = [toInstant(t), toInstant(u)];
      const said = (ms: number | null) => (ms === null ? null : toInstant(ms));
      for (const door of ["nextOpening", "nextClosing", "previousOpening", "previousClosing"] as const)
        expect(calendar[door](from)).toBe(said(calendar[door](t)));
      for (const door of ["isOpen", "isWorkingDay", "isProvisional"] as const)
        expect(calendar[door](from)).toBe(calendar[door](t));
      for (const door of ["between", "daysBetween"] as const)
        expect(calendar[door](from, to)).toBe(calendar[door](t, u));
      expect(calendar.spans(from, to)).toEqual(
        calendar.spans(t, u).map((s) => ({ from: toInstant(s.from), to: toInstant(s.to) })),
      );
      for (const amount of [n, -n, 0])
        for (const land of ["deadline", "resume"] as const)
          expect(answer(() => calendar.add(from, amount, { land }))).toBe(
            answer(() => said(calendar.add(t, amount, { land }))),
          );
      for (const some of [count, -count, 0])
        expect(answer(() => calendar.addDays(from, some))).toBe(answer(() => said(calendar.addDays(t, some))));
      expect(explainBetween(calendar, from, to)).toEqual(explainBetween(calendar, t, u));
    });
  });

  it("whatever was asked before", () => {
    const years = fc.array(fc.integer({ min: 1900, max: 2199 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(scene, years, (one, before) => {
        const asked = make(one.recipe);
        for (const year of before) asked.isOpen(Date.UTC(year, 5));
        for (const ask of everything(questions(one, make(one.recipe))))
          expect(answer(() => ask(asked))).toEqual(answer(() => ask(make(one.recipe))));
      }),
      { numRuns: 30 },
    );
  });

  it("whatever was asked before, where it knew no further", () => {
    const start = Date.UTC(2025, 0, 1);
    // A month before the first question and four hundred days after it, and all that lies exactly there.
    const edges = [-33, -32, -31, 399, 400, 401].flatMap((n) => [
      start + n * day - 1,
      start + n * day,
      start + n * day + 1,
    ]);
    for (const windows of ["00:00-24:00", "00:00-12:00", "12:00-24:00", "22:00-06:00"])
      for (const off of [[], [-33, 400], [-32, 399], [-34, 401], [-300, 1000]]) {
        const week = Object.fromEntries(weekdays.map((name) => [name, [windows]]));
        const holidays = off.map((n) => dateNear(start, n));
        const fresh = () => make({ id: "c", version: 1, zone: "UTC", week, holidays });
        const wide = fresh();
        wide.between(Date.UTC(2015, 0), Date.UTC(2035, 0));
        const asks = [
          ...(["nextOpening", "nextClosing", "previousOpening", "previousClosing"] as const).map(
            (door) => (c: Calendar) => c[door](start),
          ),
          ...edges.flatMap((edge) => {
            const n = wide.between(start, edge);
            return [
              (c: Calendar) => c.add(start, n),
              (c: Calendar) => c.add(start, n, resume),
              (c: Calendar) => [c.isOpen(start), c.between(start, edge), c.nextClosing(edge), c.previousOpening(edge)],
            ];
          }),
        ];
        for (const ask of asks) expect(answer<unknown>(() => ask(fresh()))).toEqual(answer<unknown>(() => ask(wide)));
      }
  });

  it("whatever was asked before, where there is no more working time", () => {
    const only = (date: string) =>
      make({ id: "c", version: 1, zone: "UTC", week: {}, days: { [date]: ["09:00-17:00"] } });
    const once = () => intersect(only("2020-01-01"), unite(only("2020-01-01"), only("2021-01-01")));
    const never = () => intersect(only("2020-01-01"), only("2021-01-01"));
    const last = () =>
      make({
        id: "c",
        version: 1,
        zone: "UTC",
        week: { mon: ["09:00-17:00"] },
        holidays: ["2199-12-02", "2199-12-09", "2199-12-16", "2199-12-23", "2199-12-30"],
      });
    for (const [made, code] of [
      [once, "BEYOND_HORIZON"],
      [last, "BEYOND_HORIZON"],
      [never, "NO_WORKING_TIME"],
    ] as const)
      for (const year of [undefined, 1950, 2019]) {
        const asked = () => {
          const calendar = made();
          if (year !== undefined) calendar.isOpen(Date.UTC(year, 5));
          return calendar;
        };
        expect(answer(() => asked().add("2199-12-31T00:00:00.000Z", hour))).toBe(code);
        expect(answer(() => asked().add("2199-12-31T00:00:00.000Z", 0))).toBe(code);
        expect(answer(() => asked().addDays("2199-12-31", 1))).toBe(code);
      }
  });
});
