import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Anchor,
  type Anchored,
  afterEvent,
  inGrade,
  inStage,
  onDate,
  type Planned,
  type Window,
} from "../../src/follow-up/index.js";
import { dayToLocalDate, localDateToDay } from "../../src/kernel/instant.js";
import { parse } from "../../src/kernel/schema.js";
import { customerWith } from "./given.js";

const days = (anchor: Anchor, args: unknown, subject: Planned, window: Window): readonly Anchored[] => {
  const read = parse(anchor["~def"].args, args);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return anchor["~def"].days(read.value as never)(subject, window);
};
const year = { from: "2027-01-01", to: "2027-12-31" };

describe("a date among the facts", () => {
  const born = (day: unknown) => customerWith({ facts: { birthday: day } });

  it("is one day, with itself as key", () => {
    expect(days(onDate, { fact: "birthday" }, born("2026-03-10"), year)).toEqual([
      { key: "2026-03-10", on: "2026-03-10" },
    ]);
  });

  it.each([undefined, null, 5, "soon", "2026-02-29", "2026-03-10T00:00:00.000Z", {}])(
    "is nothing where it is %j",
    (day) => {
      expect(days(onDate, { fact: "birthday", yearly: true }, born(day), year)).toEqual([]);
      expect(days(onDate, { fact: "constructor" }, born(day), year)).toEqual([]);
    },
  );

  it("has anniversaries, the first a year later; those of 29 February fall on the 28th", () => {
    const leap = born("2024-02-29");
    expect(days(onDate, { fact: "birthday", yearly: true }, leap, { from: "2023-01-01", to: "2028-12-31" })).toEqual([
      { key: "2024-02-29/2025", on: "2025-02-28" },
      { key: "2024-02-29/2026", on: "2026-02-28" },
      { key: "2024-02-29/2027", on: "2027-02-28" },
      { key: "2024-02-29/2028", on: "2028-02-29" },
    ]);
  });
});

describe("a stage", () => {
  it("counts from the day it was entered, while it lasts", () => {
    expect(days(inStage, { stage: "signed" }, customerWith(), year)).toEqual([{ key: "2026-01-10", on: "2026-01-10" }]);
    expect(days(inStage, { stage: "likely" }, customerWith(), year)).toEqual([]);
  });
});

describe("an event", () => {
  it("is one occurrence each, of its type only", () => {
    const events = ["complaint.resolved", "complaint.opened", "complaint.resolved"].map((type, i) => ({
      id: `e${i}`,
      type,
      on: `2026-03-0${i + 1}`,
      at: `2026-03-0${i + 1}T10:00:00.000Z`,
    }));
    expect(days(afterEvent, { type: "complaint.resolved" }, customerWith({ events }), year)).toEqual([
      { key: "e0", on: "2026-03-01" },
      { key: "e2", on: "2026-03-03" },
    ]);
  });
});

describe("a grade", () => {
  const every = { A: 30, B: 90 };
  const visits = (customerId: string, grade: string | null, window: Window) =>
    days(inGrade, { every }, customerWith({ customerId, grade }), window);

  it("comes every so many days, for the grades that are named", () => {
    const on = visits("c-7", "A", year).map((v) => localDateToDay(v.on));
    expect(on.length).toBeGreaterThanOrEqual(12);
    for (const [i, day] of on.slice(1).entries()) expect(day - on[i]!).toBe(30);
    for (const grade of ["C", null, "constructor", "__proto__"]) expect(visits("c-7", grade, year)).toEqual([]);
  });

  it("gives windows that overlap the same days under the same keys", () => {
    const day = fc.integer({ min: 10_000, max: 30_000 });
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom("A", "B"),
        day,
        fc.nat(400),
        fc.nat(400),
        fc.nat(400),
        (id, grade, from, a, b, c) => {
          const window = (first: number, length: number) => ({
            from: dayToLocalDate(first),
            to: dayToLocalDate(first + length),
          });
          const [wide, narrow] = [window(from, a + b + c), window(from + a, b)];
          const within = visits(id, grade, wide).filter((v) => v.on >= narrow.from && v.on <= narrow.to);
          expect(visits(id, grade, narrow)).toEqual(within);
        },
      ),
    );
  });

  it("spreads the customers over the days of the cycle", () => {
    const window = { from: "2026-03-01", to: "2026-03-30" };
    const perDay = new Map<string, number>();
    for (let i = 0; i < 3000; i++) {
      const [only, ...more] = visits(`customer-${i}`, "A", window);
      expect(more).toEqual([]);
      perDay.set(only!.on, (perDay.get(only!.on) ?? 0) + 1);
    }
    expect(perDay.size).toBe(30);
    expect(Math.min(...perDay.values())).toBeGreaterThan(60);
    expect(Math.max(...perDay.values())).toBeLessThan(140);
  });
});

describe("a customer who has left", () => {
  const gone = customerWith({
    grade: "A",
    facts: { birthday: "2020-05-05" },
    stage: { state: "former", since: "2027-02-01", left: true },
    events: [{ id: "e", type: "customer.left", on: "2027-02-01", at: "2027-02-01T09:00:00.000Z" }],
  });

  it("is greeted and visited no more, but followed up for having left", () => {
    expect(days(onDate, { fact: "birthday", yearly: true }, gone, year)).toEqual([]);
    expect(days(onDate, { fact: "birthday" }, gone, year)).toEqual([]);
    expect(days(inGrade, { every: { A: 1 } }, gone, year)).toEqual([]);
    expect(days(inStage, { stage: "former" }, gone, year)).toHaveLength(1);
    expect(days(afterEvent, { type: "customer.left" }, gone, year)).toHaveLength(1);
  });
});
