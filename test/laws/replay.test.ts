import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { complaint, complaintClocks } from "../../src/complaint/index.js";
import { canonical } from "../../src/kernel/canonical.js";
import type { Draft } from "../../src/kernel/event.js";
import { toInstant } from "../../src/kernel/instant.js";
import { labelCatalogue } from "../../src/kernel/labels.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Refusal, unwrap } from "../../src/kernel/result.js";
import { deadlines } from "../../src/lifecycle/deadlines.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { ownEvents } from "../../src/lifecycle/record-kind.js";
import { serviceLevels } from "../../src/sla/index.js";
import { context, earlier, fold, later, noon, stored } from "../given.js";
import { complaintsOf, labels, plugins, rulesOf } from "./composition.js";
import { type Attempt, attempts, startOfTime, tried } from "./lives.js";

const policies = [
  deadlines.version({
    id: "d",
    version: 1,
    from: earlier(noon, { days: 9 }),
    body: { complaint: { received: { hours: 30 } } },
  }),
  deadlines.version({
    id: "d",
    version: 2,
    from: later(noon, { days: 2 }),
    body: { complaint: { investigating: { hours: 5 }, waiting_for_customer: { hours: 9 } } },
  }),
  ...[12, 7].map((hours, i) =>
    serviceLevels.version({
      id: "s",
      version: i + 1,
      from: later(noon, { days: 1 + 2 * i }),
      body: {
        targets: {
          complaint: Object.values(complaintClocks).map(({ id }) => ({
            clock: id,
            within: { elapsed: { hours } },
            levels: [
              { id: "near", at: { percent: 50 } },
              { id: "overdue", at: { percent: 100 }, escalates: true },
            ],
          })),
        },
      },
    }),
  ),
];

interface Life {
  readonly record: AnyRecord;
  readonly events: readonly Draft[];
  readonly refusals: readonly Refusal[];
  /** Versions of events that were told later than they happened. */
  readonly backdated: ReadonlySet<number>;
}

/** Lives through attempts, swept at each of them whether it is accepted or not. */
function live(doors: Doors, given: readonly Attempt[]): Life {
  const opening = {
    id: "c-1",
    input: { customerId: "c-7", summary: "The fridge does not cool", severity: "critical" },
  };
  const first = unwrap(doors.open(opening, context(noon)));
  let record = first.next;
  let clock = startOfTime;
  const events = [...first.events];
  const refusals: Refusal[] = [];
  const backdated = new Set<number>();
  for (const one of given) {
    clock += one.jump;
    const at = context(toInstant(clock), one.actor, policies);
    const command = tried(
      one,
      clock,
      doors.available(record, at).map((a) => a.command),
    );
    const decision = doors.decide(record, command, at);
    const { next, events: said } = decision.ok ? decision.value : unwrap(doors.sweep(record, at));
    if (!decision.ok) refusals.push(decision.error);
    let touched = record.touchedAt;
    for (const event of said) {
      if (event.at < touched && event.at === command.at) backdated.add(event.version);
      if (event.at > touched) touched = event.at;
    }
    events.push(...said);
    record = next;
  }
  return { record, events, refusals, backdated };
}

const all = complaintsOf(plugins);
const none = complaintsOf([]);
const words = labelCatalogue(...labels);

const codesIn = (refusal: Refusal): readonly string[] =>
  refusal.code === "DENIED" ? [refusal.code, ...refusal.denials.map((d) => d.code)] : [refusal.code];

describe("whatever is tried, by whom and with whatever clocks", () => {
  const lives = attempts(60).map((given) => live(all, given));

  it("the events, stored and read again, make the record, with and without the plugins that wrote them", () => {
    fc.assert(
      fc.property(lives, ({ record, events }) => {
        expect(fold(all, stored(events))).toStrictEqual(record);
        expect(fold(none, stored(events))).toStrictEqual(record);
      }),
      { numRuns: 200 },
    );
  });

  it("what is stored is plain JSON", () => {
    fc.assert(
      fc.property(lives, ({ record, events }) => {
        expect(stored(record)).toStrictEqual(record);
        expect(stored(events)).toStrictEqual(events);
        expect(canonical(stored(record))).toBe(canonical(record));
      }),
    );
  });

  it("versions have no gap, and events are in the order of time but for what was back-dated", () => {
    fc.assert(
      fc.property(lives, ({ record, events, backdated }) => {
        expect(events.map((e) => e.version)).toEqual(events.map((_, i) => i + 1));
        expect(record.version).toBe(events.length);
        const inOrder = events.filter((e) => !backdated.has(e.version)).map((e) => e.at);
        expect(inOrder).toEqual([...inOrder].sort());
        expect(record.touchedAt).toBe(inOrder.at(-1));
        for (const e of events)
          if (backdated.has(e.version))
            expect(["complaint.noted", "complaint.contacted", "complaint.visited"]).toContain(e.type);
      }),
      { numRuns: 200 },
    );
  });

  it("the version that a form pins moves with commands, never with the clock", () => {
    fc.assert(
      fc.property(lives, ({ record, events }) => {
        const commands = events.filter((e) => e.actor.id !== "clock");
        expect(record.commandVersion).toBe(commands.at(-1)!.version);
      }),
    );
  });

  it("a refusal has a code that people can read in English and Chinese", () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(lives, ({ refusals }) => {
        for (const code of refusals.flatMap(codesIn)) {
          met.add(code);
          for (const language of ["en", "zh-CN"])
            expect([code, language, words.has("refusals", code, language)]).toEqual([code, language, true]);
        }
      }),
      { numRuns: 200, seed: 7 },
    );
    // The law is worth something only where much is refused.
    for (const code of [
      "INVALID_INPUT",
      "NOT_PERMITTED",
      "WRONG_STATE",
      "DENIED",
      "UNKNOWN_COMMAND",
      "IN_THE_FUTURE",
      "BACKDATED",
    ])
      expect(met).toContain(code);
    expect([...met].filter((code) => code.includes("."))).not.toEqual([]);
  });

  it("lives get far enough to be worth it: plugins act, pauses nest, deadlines pass, clocks speak", () => {
    const met = new Set<string>();
    const seen = new Set<string>();
    fc.assert(
      fc.property(lives, ({ events }) => {
        for (const { type, moved } of events) {
          met.add(type);
          if (moved) seen.add(moved.to);
        }
      }),
      { numRuns: 500, seed: 11 },
    );
    for (const type of [
      ...ownEvents(complaint).map((e) => e.id),
      "complaint.escalated",
      "legal.held",
      "legal.released",
      "vip.called",
      "safety.flagged",
      "safety.cleared",
      "complaint.reopened",
      "complaint.appealed",
      "complaint.found",
      "complaint.approved",
      "complaint.visited",
      "complaint.promised",
      "complaint.merged",
      "complaint.split",
    ])
      expect(met).toContain(type);
    for (const state of [
      "legal.hold",
      "vip.calling",
      "waiting_for_customer",
      "closed",
      "withdrawn",
      "resolved",
      "merged",
    ])
      expect(seen).toContain(state);
  });
});

describe("the order of plugins", () => {
  const permuted = <T>(list: readonly T[]): readonly (readonly T[])[] =>
    list.length < 2 ? [list] : list.flatMap((one, i) => permuted(list.toSpliced(i, 1)).map((rest) => [one, ...rest]));
  const orders = permuted(plugins).map((order) => ({ rules: rulesOf(order), doors: complaintsOf(order) }));

  it("changes no diagnostic, no decision and nothing that is available", () => {
    expect(orders).toHaveLength(24);
    expect(new Set(orders.map(({ rules }) => JSON.stringify([rules.diagnostics, rules.kinds]))).size).toBe(1);
    fc.assert(
      fc.property(attempts(25), (given) => {
        const expected = live(all, given);
        for (const { doors } of orders) {
          const { record, events, refusals } = live(doors, given);
          expect([record, events, refusals]).toStrictEqual([expected.record, expected.events, expected.refusals]);
          for (const actor of given.slice(-3).map((a) => a.actor)) {
            const now = context(expected.record.touchedAt, actor, policies);
            // What draws a form is the same schema object, and comparing it by its parts would be slow.
            const brief = (d: Doors) => d.available(expected.record, now).map(({ input, ...rest }) => [rest, input]);
            const [a, b] = [brief(doors), brief(all)];
            expect(a.map(([rest]) => rest)).toStrictEqual(b.map(([rest]) => rest));
            expect(a.every(([, input], i) => input === b[i]![1])).toBe(true);
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});
