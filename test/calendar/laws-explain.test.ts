import { describe, expect, it } from "vitest";
import { type Calendar, explainAdd, explainBetween, type NamedCalendarData } from "../../src/calendar/index.js";
import { toMs } from "../../src/kernel/instant.js";
import { always, day, hour, make } from "./arbitraries.js";
import { answer, lawOf, onDate } from "./law.js";

/** A calendar that counts how often it is asked, and lets itself be asked so often: an endless loop is a failure. */
function patient(calendar: Calendar, times: number): Calendar {
  let asked = 0;
  const count = <T>(ask: () => T): T => {
    asked++;
    expect(asked).toBeLessThanOrEqual(times);
    return ask();
  };
  return {
    ...calendar,
    add: ((...args: Parameters<Calendar["add"]>) => count(() => calendar.add(...args))) as unknown as Calendar["add"],
    between: ((...args: Parameters<Calendar["between"]>) =>
      count(() => calendar.between(...args))) as unknown as Calendar["between"],
  };
}

/** What a date off is called, which may be nothing; `undefined` for a date that is not one. */
function feastOf(data: NamedCalendarData, date: string): string | null | undefined {
  const own = data.days?.[date];
  if (own !== undefined) return "name" in own && own.windows.length === 0 ? own.name : undefined;
  const off = data.holidays?.find((h) => (typeof h === "string" ? h : h.date) === date);
  return typeof off === "string" ? null : off?.name;
}

describe("an explanation", () => {
  const tiles = (why: ReturnType<typeof explainBetween>): void => {
    const all = [...why.used, ...why.skipped].sort((a, b) => (a.from < b.from ? -1 : 1));
    const gaps = all.filter(({ from, to }, i) => from !== (all[i - 1]?.to ?? why.from) || to <= from);
    expect([gaps, all.at(-1)?.to ?? why.from]).toEqual([[], why.to]);
    expect(why.used.filter(({ from, to, ms }) => ms !== toMs(to) - toMs(from))).toEqual([]);
    expect(why.used.reduce((sum, { ms }) => sum + ms, 0)).toBe(Math.abs(why.total));
  };

  it("tells every moment once, and sums to the answer", () => {
    lawOf(({ calendar, at: [t, u], amounts: [n] }) => {
      const between = explainBetween(calendar, t, u);
      tiles(between);
      expect(between.total).toBe(calendar.between(t, u));
      expect(between.used.map((s) => ({ from: toMs(s.from), to: toMs(s.to) }))).toEqual(
        calendar.spans(Math.min(t, u), Math.max(t, u)),
      );
      for (const amount of [n, -n, 0])
        for (const land of ["deadline", "resume"] as const) {
          const there = answer(() => calendar.add(t, amount, { land }));
          const why = answer(() => explainAdd(calendar, t, amount, { land }));
          if (typeof there === "string" || typeof why === "string") {
            expect(why).toBe(there);
            continue;
          }
          tiles(why);
          expect([why.total, toMs(amount < 0 ? why.from : why.to)]).toEqual([amount, there]);
        }
    });
  });

  it("names the holiday of each local date, asking once or twice for each", () => {
    lawOf(({ calendar, scene, at: [t, u] }) => {
      const { recipe } = scene;
      const def = calendar["~def"];
      let asked = 0;
      const closed = (date: number) => {
        asked++;
        return def.closed(date);
      };
      const why = explainBetween({ ...calendar, "~def": { ...def, closed } }, t, u);
      expect(asked).toBeLessThanOrEqual(2 * (Math.abs(t - u) / day + 4) + why.used.length);
      if ("how" in recipe) return;
      for (const { from, to, reason, name } of why.skipped)
        for (const ms of [toMs(from), toMs(to) - 1]) {
          const feast = feastOf(recipe, onDate(ms, calendar.zone));
          expect([reason, name]).toEqual(feast === undefined ? ["closed", null] : ["holiday", feast]);
        }
    });
  });

  it("leaves out what pauses cover, and pushes a due time on by it", () => {
    lawOf(({ calendar, at: [t, u, v], amounts: [n] }) => {
      const pauses = [
        { from: Math.min(u, v), to: Math.max(u, v) },
        { from: u, to: u + 2 * hour, reason: "the customer was asked" },
      ];
      const why = explainBetween(calendar, t - 9 * day, t + 9 * day, { pauses });
      tiles(why);
      for (const { from, to } of why.used)
        expect(pauses.every((p) => toMs(to) <= p.from || toMs(from) >= p.to)).toBe(true);
      for (const sign of [1, -1]) {
        const due = answer(() => explainAdd(patient(calendar, 12), t, sign * n, { pauses }));
        if (typeof due === "string") continue;
        tiles(due);
        expect(due.total).toBe(sign * n);
        const [from, to] = sign > 0 ? [t, toMs(due.to) - 1] : [t, toMs(due.from) + 1];
        expect(explainBetween(calendar, from, to, { pauses }).total).toBe(0 + sign * (n - 1));
      }
    });
  });

  it("costs a few questions for each pause, however long it is and however many there are", () => {
    const calendar = make({ id: "c", version: 1, zone: "UTC", week: always });
    const start = Date.UTC(2025, 0, 1);
    const long = [{ from: start + 1, to: start + 300 * day }];
    const due = explainAdd(patient(calendar, 6), start, 2, { pauses: long });
    expect([due.total, toMs(due.to)]).toEqual([2, start + 300 * day + 1]);
    const back = explainAdd(patient(calendar, 6), start + 300 * day + 1, -2, { pauses: long });
    expect([back.total, toMs(back.from)]).toEqual([-2, start]);
    // Each begins where the one before it has pushed the due time to.
    const many = Array.from({ length: 1000 }, (_, i) => ({ from: start + i * hour, to: start + (i + 1) * hour }));
    const pushed = explainAdd(patient(calendar, 6 * many.length), start, 1, { pauses: many });
    expect([pushed.total, toMs(pushed.to)]).toEqual([1, start + 1000 * hour + 1]);
  });
});
