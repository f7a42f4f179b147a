import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { impact, intersect, subtract, unite } from "../../src/calendar/index.js";
import { toInstant } from "../../src/kernel/instant.js";
import { dataNear, make, questions, scene } from "./arbitraries.js";
import { answer, datesOf, days, elapsed, isWorked, lawOfTwo, onDate } from "./law.js";

describe("combinations", () => {
  it("are open by whether the two are", () => {
    lawOfTwo((a, b, low, high) => {
      const edges = [a, b].flatMap((one) =>
        one.spans(low, high).flatMap(({ from, to }) => [from - 1, from, to - 1, to]),
      );
      const [both, either, first] = [intersect(a, b), unite(a, b), subtract(a, b)];
      for (const t of edges) {
        const [inA, inB] = [a.isOpen(t), b.isOpen(t)];
        expect([both.isOpen(t), either.isOpen(t), first.isOpen(t)]).toEqual([inA && inB, inA || inB, inA && !inB]);
      }
    });
  });

  it("do not ask which of the two comes first, but where one is taken away", () => {
    lawOfTwo((a, b, low, high) => {
      expect(intersect(a, b).spans(low, high)).toEqual(intersect(b, a).spans(low, high));
      expect(unite(a, b).spans(low, high)).toEqual(unite(b, a).spans(low, high));
      expect(unite(subtract(a, b), intersect(a, b)).spans(low, high)).toEqual(a.spans(low, high));
      expect(intersect(subtract(a, b), b).spans(low, high)).toEqual([]);
      expect(subtract(unite(a, b), b).spans(low, high)).toEqual(subtract(a, b).spans(low, high));
      for (const same of [intersect(a, a), unite(a, a)]) expect(same.spans(low, high)).toEqual(a.spans(low, high));
    });
  });

  it("hold no more time and no less than the two", () => {
    lawOfTwo((a, b, low, high) => {
      const [inA, inB] = [a.between(low, high), b.between(low, high)];
      expect(unite(a, b).between(low, high) + intersect(a, b).between(low, high)).toBe(inA + inB);
      expect(subtract(a, b).between(low, high) + intersect(a, b).between(low, high)).toBe(inA);
    });
  });

  it("work on the local dates of the first that have open time", () => {
    lawOfTwo((a, b, low, high) => {
      const both = intersect(a, b);
      const worked = new Set<string>();
      for (const { from, to } of both.spans(low, high)) for (const date of datesOf(from, to, a.zone)) worked.add(date);
      const last = days(onDate(high, a.zone), -1);
      for (let date = days(onDate(low, a.zone), 1); date <= last; date = days(date, 1))
        expect([date, both.isWorkingDay(date)]).toEqual([date, worked.has(date)]);
    });
  });
});

describe("the impact of another version", () => {
  it("is every due time that it moves, and by how much", () => {
    const two = scene.chain((one) =>
      fc.record({ one: fc.constant(one), next: dataNear(one.around, fc.constant(make(one.recipe).zone)) }),
    );
    fc.assert(
      fc.property(two, ({ one, next }) => {
        const [before, after] = [make(one.recipe), make(next)];
        fc.pre(isWorked(before, one.around) && isWorked(after, one.around));
        const { at, amounts, n } = questions(one, before);
        const dues = at.flatMap((t, i) => [
          { id: `deadline ${i}`, start: toInstant(t), working: amounts[0] },
          { id: `resume ${i}`, start: toInstant(t), working: -amounts[1], land: "resume" as const },
          { id: `days ${i}`, start: toInstant(t), workingDays: n },
          { id: `date ${i}`, start: onDate(t, before.zone), workingDays: -n, origin: "roll" as const },
        ]);
        const asked = dues.map((due) => {
          const [old, now] = [before, after].map((calendar) =>
            answer(() =>
              "working" in due
                ? calendar.add(due.start, due.working, { land: due.land ?? "deadline" })
                : calendar.addDays(due.start, due.workingDays, { origin: due.origin ?? "step" }),
            ),
          ) as [string, string];
          return { due, old, now };
        });
        const refused = (text: string) => text === "BEYOND_HORIZON" || text === "NO_WORKING_TIME";
        const answered = asked.filter(({ old, now }) => !refused(old) && !refused(now));
        const moved = answered.filter(({ old, now }) => old !== now);
        expect(
          impact(
            before,
            after,
            answered.map(({ due }) => due),
          ),
        ).toEqual(
          moved.map(({ due, old, now }) => ({
            id: due.id,
            before: old,
            after: now,
            by: elapsed(now) - elapsed(old),
            provisional: after.isProvisional(now),
          })),
        );
        for (const { due } of asked.filter(({ old, now }) => refused(old) || refused(now)))
          expect(typeof answer(() => impact(before, after, [due]))).toBe("string");
      }),
      { numRuns: 150 },
    );
  });
});
