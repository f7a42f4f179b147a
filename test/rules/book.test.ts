import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Calendar, workingHours } from "../../src/calendar/index.js";
import type { Instant } from "../../src/kernel/instant.js";
import type { Policy } from "../../src/kernel/policy.js";
import { deadlines } from "../../src/lifecycle/deadlines.js";
import { policyBook } from "../../src/rules/index.js";
import { serviceLevels } from "../../src/sla/index.js";

const day = (n: number): Instant => `2026-01-${String(n).padStart(2, "0")}T00:00:00.000Z`;
const week = { mon: ["09:00-17:00"], tue: ["09:00-17:00"] };
const hours = (id: string, version: number, from: Instant, holidays: readonly string[] = []): Policy =>
  workingHours.version({ id, version, from, body: { zone: "UTC", week, holidays } });
const levels = (version: number, from: Instant): Policy =>
  serviceLevels.version({ id: "house", version, from, body: { targets: {} } });
const made = (policy: Policy, book = policyBook([])) => book.made!(policy) as Calendar;

describe("a book of several kinds", () => {
  const policies = fc.array(
    fc
      .record({ n: fc.integer({ min: 1, max: 28 }), version: fc.integer({ min: 1, max: 3 }), kind: fc.nat(3) })
      .map(({ n, version, kind }) => (kind === 0 ? levels(version, day(n)) : hours(`c${kind}`, version, day(n)))),
    { maxLength: 12 },
  );
  const when = fc.integer({ min: 1, max: 28 }).map(day);

  it("knows when the next version of a kind comes in force, in whatever order it was told of them", () => {
    fc.assert(
      fc.property(policies, when, fc.constantFrom("calendar", "service-level", "deadlines"), (list, at, kind) => {
        const froms = list.filter((p) => p.kind === kind && p.from > at).map((p) => p.from);
        const next = froms.sort()[0];
        expect(policyBook(list).nextChange!(kind, at)).toBe(next);
        expect(policyBook([...list].reverse()).nextChange!(kind, at)).toBe(next);
      }),
    );
  });

  it("changes at no other time", () => {
    fc.assert(
      fc.property(policies, when, when, fc.constantFrom("c1", "c2", undefined), (list, a, b, id) => {
        const book = policyBook(list);
        const [from, to] = a < b ? [a, b] : [b, a];
        const next = book.nextChange!("calendar", from);
        fc.pre(next === undefined || next > to);
        expect(book.inForce("calendar", to, id)).toEqual(book.inForce("calendar", from, id));
      }),
    );
  });

  it("has of each id the latest version, whatever the versions of the others are", () => {
    const [a1, a2, b1] = [hours("a", 1, day(1)), hours("a", 2, day(9)), hours("b", 1, day(20))] as const;
    const book = policyBook([b1, a1, a2]);
    const inForce = (n: number, id?: string) => book.inForce("calendar", day(n), id);
    expect([inForce(8, "a"), inForce(9, "a"), inForce(21, "a")]).toEqual([a1, a2, a2]);
    expect([inForce(8, "b"), inForce(21, "b"), inForce(21, "c")]).toEqual([undefined, b1, undefined]);
    expect(inForce(21)).toEqual(b1);
    for (const one of [a1, a2, b1]) expect(book.byHash(one.hash)).toEqual(one);
  });
});

describe("what a book makes of a policy", () => {
  it("is a calendar, made once for as long as the book lives", () => {
    const policy = hours("hq", 3, day(1), ["2026-01-05"]);
    const book = policyBook([policy]);
    const calendar = made(policy, book);
    expect([calendar.id, calendar.version, calendar.zone]).toEqual(["hq", 3, "UTC"]);
    expect(calendar.isWorkingDay("2026-01-05")).toBe(false);
    expect(made(policy, book)).toBe(calendar);
    expect(made(book.inForce("calendar", day(2), "hq")!, book)).toBe(calendar);
    expect(made(policy, policyBook([policy]))).not.toBe(calendar);
  });

  it("is nothing where a policy is only its data", () => {
    const book = policyBook([]);
    expect(book.made!(levels(1, day(1)))).toBeUndefined();
    expect(
      book.made!(
        deadlines.version({ id: "d", version: 1, from: day(1), body: { complaint: { received: { days: 1 } } } }),
      ),
    ).toBeUndefined();
  });

  it("is refused where the data makes no calendar", () => {
    const policy = hours("hq", 1, day(1));
    const broken = { ...policy, body: { zone: "UTC", week: {} } };
    expect(() => made(broken)).toThrow(expect.objectContaining({ code: "EMPTY_WEEK" }));
    expect(made(policy).zone).toBe("UTC");
  });
});

describe("a book that is none", () => {
  it("throws INVALID_POLICY", () => {
    for (const list of [
      null,
      5,
      [null],
      [{}],
      [{ ...levels(1, day(1)), from: "soon" }],
      [{ ...levels(1, day(1)), version: 1.5 }],
    ])
      expect(() => policyBook(list as never)).toThrow(expect.objectContaining({ code: "INVALID_POLICY" }));
  });

  it("is empty without any", () => {
    const book = policyBook([]);
    expect([book.inForce("calendar", day(1)), book.byHash("x"), book.nextChange!("calendar", day(1))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("answers nothing to what is no instant", () => {
    const book = policyBook([levels(1, day(1))]);
    for (const at of [undefined, null, 5, {}]) expect(book.inForce("service-level", at as never)).toBeUndefined();
  });
});
