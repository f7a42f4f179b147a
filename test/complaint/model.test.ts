import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ComplaintFields,
  complaint,
  complaintClocks,
  complaintEvents,
  complaintStates,
} from "../../src/complaint/index.js";
import type { Draft } from "../../src/kernel/event.js";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import { labelCatalogue } from "../../src/kernel/labels.js";
import type { Policy } from "../../src/kernel/policy.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Refusal, type Result, unwrap } from "../../src/kernel/result.js";
import { ownEvents } from "../../src/lifecycle/record-kind.js";
import type { Decision } from "../../src/lifecycle/tokens.js";
import { coreLabels } from "../../src/rules/index.js";
import { serviceLevels } from "../../src/sla/index.js";
import { ann, context, earlier, fold, max, noon, stored } from "../given.js";
import { complaintsOf } from "../laws/composition.js";
import {
  closedStates,
  edges,
  everybody,
  expected,
  openStates,
  pausedStates,
  promised,
  type Situation,
  stopwatch,
  type Who,
} from "./model.js";

type Complaint = AnyRecord & ComplaintFields;
const doors = complaintsOf([]);
const words = labelCatalogue(...coreLabels);
const people = Object.keys(everybody) as Who[];

const opened = unwrap(
  doors.open({ id: "c-1", input: { customerId: "c-7", summary: "The fridge does not cool" } }, context(noon)),
);
const command = (name: string) => ({ type: name.split("/")[0]!, input: edges[name]!.input });
const attempt = (record: AnyRecord, name: string, who: Who, now = record.touchedAt) =>
  doors.decide(record, command(name), context(now, everybody[who]));
/** What may be told later than it happened. */
const datable = (name: string) => ["note", "contact"].includes(name.split("/")[0]!);
const codes = (refusal: Refusal): readonly string[] =>
  refusal.code === "DENIED" ? [refusal.code, ...refusal.denials.map((d) => d.code)] : [refusal.code];
const situation = (record: AnyRecord): Situation => {
  const c = record as Complaint;
  return {
    state: c.state,
    back: c.stay.back?.state ?? null,
    major: c.scope === "major",
    assessed: c.nature !== null,
    owner: c.ownerId,
    level: c.level,
  };
};
/** The clock that something is said of. */
const of = (event: { readonly data: unknown }) => (event.data as { readonly clock: string }).clock;
/** A warning that stands for an escalation that has nowhere to go. */
const atTheTop = (event: { readonly data: unknown }) => (event.data as { readonly level?: string }).level === "overdue";
const asked = (answer: Result<Decision<AnyRecord, Draft>>) =>
  answer.ok ? { state: answer.value.next.state } : { refused: codes(answer.error) };

/** Steps that lead to a state by the plain road. */
const roads: Readonly<Record<string, readonly string[]>> = {
  received: [],
  acknowledged: ["acknowledge"],
  assessed: ["acknowledge", "assess"],
  investigating: ["acknowledge", "assess", "investigate"],
  proposed: ["acknowledge", "assess", "propose"],
  resolving: ["acknowledge", "assess", "propose", "accept"],
  resolved: ["acknowledge", "assess", "propose", "accept", "resolve"],
  closed: ["acknowledge", "assess", "propose", "accept", "resolve", "confirm"],
  withdrawn: ["withdraw"],
  rejected: ["reject"],
};
/** As the manager goes it, with what may be different about a complaint done on the way. */
const gone = (road: readonly string[], more: readonly string[], scope: string): AnyRecord => {
  let record = opened.next;
  const go = (type: string, input: unknown) => {
    record = unwrap(doors.decide(record, { type, input }, context(record.touchedAt, max))).next;
  };
  for (const name of more) go(name, edges[name]!.input);
  for (const name of road) go(name, name === "assess" ? { ...edges[name]!.input, scope } : edges[name]!.input);
  return record;
};

const situations: readonly (readonly [string, AnyRecord])[] = Object.entries(roads).flatMap(([state, road]) =>
  ["general", "major"].flatMap((scope) =>
    [[], ["assign"], ["escalate", "escalate"]].flatMap((more) => {
      const record = gone(road, more, scope);
      const pauses = openStates.includes(state) ? ["wait_for_customer", "wait_for_third_party"] : [];
      const name = [state, scope, ...more].join(" ");
      return [
        [name, record] as const,
        ...pauses.map((pause) => [`${name} ${pause}`, unwrap(attempt(record, pause, "manager")).next] as const),
      ];
    }),
  ),
);

describe("every step from every state by everybody", () => {
  it("knows every state and every command of the complaint", () => {
    expect([...openStates, ...pausedStates, ...closedStates].sort()).toEqual(
      Object.values(complaintStates)
        .map((s) => s.id)
        .sort(),
    );
    const known = doors.decide(opened.next, { type: "" }, context());
    expect(known).toMatchObject({
      error: { known: [...new Set(Object.keys(edges).map((e) => e.split("/")[0]))].sort() },
    });
    expect(new Set(situations.map(([, r]) => r.state)).size).toBe(12);
  });

  it.each(situations)("is as the model says: %s", (_, record) => {
    const here = situation(record);
    for (const name of Object.keys(edges))
      for (const who of people) {
        const answer = attempt(record, name, who);
        expect([name, who, asked(answer)]).toEqual([name, who, expected(here, name, who)]);
        if (answer.ok) {
          const { next, events } = answer.value;
          expect(next.version).toBe(record.version + events.length);
        }
      }
    // What is shown to somebody as available is what would be accepted or denied, and nothing else.
    for (const who of people) {
      const shown = doors.available(record, context(record.touchedAt, everybody[who]));
      const possible = Object.keys(edges).filter((name) => {
        const answer = expected(here, name, who);
        return !("refused" in answer) || answer.refused[0] === "DENIED";
      });
      expect(shown.map((a) => a.command)).toEqual([...new Set(possible.map((name) => name.split("/")[0]))].sort());
      for (const { command: name, allowed } of shown)
        if (allowed === true) expect([name, who, attempt(record, name, who).ok]).toEqual([name, who, true]);
    }
  });

  it("leaves a pause for exactly the state that it left", () => {
    for (const state of openStates)
      for (const pause of ["wait_for_customer", "wait_for_third_party"]) {
        const paused = unwrap(attempt(gone(roads[state]!, [], "general"), pause, "staff")).next;
        expect(situation(paused).back).toBe(state);
        expect(unwrap(attempt(paused, "resume", "staff")).next.state).toBe(state);
      }
  });
});

interface Step {
  readonly name: string;
  readonly who: Who;
  readonly pick: number | null;
  readonly wait: number;
  readonly back: number | null;
}
/** A house that promises something for every clock; of what it is late with, it goes up. */
const everyClock = serviceLevels.version({
  id: "every",
  version: 1,
  from: noon,
  body: {
    targets: {
      complaint: Object.values(complaintClocks).map(({ id }) => ({
        clock: id,
        within: { elapsed: { hours: 24 } },
        levels: [
          { id: "near", at: { percent: 50 } },
          { id: "overdue", at: { percent: 100 }, escalates: true },
        ],
      })),
    },
  },
});

describe("whatever happens to a complaint, up to 200 steps", () => {
  const step = fc.record({
    name: fc.constantFrom(...Object.keys(edges)),
    who: fc.constantFrom(...people),
    // Steps that the model knows to be possible make lives long; the others make them hard.
    pick: fc.option(fc.nat(1000), { freq: 5 }),
    wait: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 * 3_600_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 * 86_400_000 }) },
    ),
    back: fc.option(fc.integer({ min: 0, max: 72 * 3_600_000 })),
  });
  const lives = fc.array(step, { minLength: 20, maxLength: 200, size: "max" });
  const live = (steps: readonly Step[], policies: readonly Policy[]) => {
    let record = opened.next;
    let now = toMs(noon);
    const events = [...opened.events];
    const seen: {
      readonly before: AnyRecord;
      readonly record: AnyRecord;
      readonly said: readonly Draft[];
      readonly refusal: Refusal | undefined;
    }[] = [];
    for (const { name, who, pick, wait, back } of steps) {
      now += wait;
      const at = toInstant(now);
      const swept = unwrap(doors.sweep(record, context(at, ann, policies)));
      const here = situation(swept.next);
      // Of what somebody may do now; closing it only now and then, or most lives would be short.
      const possible = Object.keys(edges).flatMap((e) =>
        people
          .filter((p) => !("refused" in expected(here, e, p)))
          .filter(() => !["withdrawn", "rejected"].includes(edges[e]!.to) || (pick ?? 0) % 7 === 0)
          .map((p) => [e, p] as const),
      );
      const [chosen, whom] = pick === null ? ([name, who] as const) : possible[pick % possible.length]!;
      const dated = back !== null && datable(chosen) ? { at: toInstant(now - back) } : {};
      const given = context(at, everybody[whom], policies);
      const answer = doors.decide(record, { ...command(chosen), ...dated }, given);
      expect(asked(answer)).toEqual(expected(here, chosen, whom));
      const { next, events: said } = answer.ok ? answer.value : swept;
      seen.push({ before: record, record: next, said, refusal: answer.ok ? undefined : answer.error });
      events.push(...said);
      record = next;
    }
    return { record, events, seen, now };
  };

  it.each([
    ["what the core promises", []],
    ["promises for every clock", [everyClock]],
  ])("keeps the model and every invariant, under %s", (_, policies) => {
    fc.assert(
      fc.property(lives, (steps) => {
        const { record, events, seen } = live(steps, policies);
        const { book } = context(noon, ann, policies);
        for (const { before, record: after, said, refusal } of seen) {
          const [b, a] = [before as Complaint, after as Complaint];
          expect(said.map((e) => e.version)).toEqual(said.map((_, i) => before.version + 1 + i));
          // Closed stays closed, but for reopening.
          if (closedStates.includes(b.state) && !closedStates.includes(a.state))
            expect(said.map((e) => e.type)).toContain("complaint.reopened");
          expect([1, 2, 3]).toContain(a.level);
          expect(a.level).toBeGreaterThanOrEqual(b.level);
          // One accountable person, changed only by assigning and handing over.
          if (b.ownerId !== a.ownerId)
            expect(said.some((e) => e.type === "complaint.assigned" || e.type === "complaint.handed_over")).toBe(true);
          if (b.ownerId !== null) expect(a.ownerId).not.toBeNull();
          if (refusal !== undefined)
            for (const code of codes(refusal))
              for (const language of ["en", "zh-CN"]) expect(words.has("refusals", code, language)).toBe(true);
          // Nothing open is without a running deadline until its reminders are used up; nothing closed has one.
          const wake = doors.wakeAt(a, book);
          if (closedStates.includes(a.state)) expect(wake).toBeNull();
          else if (a.stay.lapses <= 100) expect([a.state, wake]).not.toEqual([a.state, null]);
        }
        const count = (type: string) => events.filter((e) => e.type === type).length;
        expect((record as Complaint).tally).toEqual({
          notes: count("complaint.noted"),
          contacts: count("complaint.contacted"),
          proposals: count("complaint.proposed"),
          handovers: count("complaint.handed_over"),
          reopenings: count("complaint.reopened"),
        });
        expect(fold(doors, stored(events))).toStrictEqual(record);
      }),
      { numRuns: 60 },
    );
  });

  it("says what is near and what is overdue when a stopwatch would", () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const { events, now } = live(steps, []);
        const happened = events.map(({ at, ...e }) => ({ ...e, at: toMs(at) }));
        const said = happened.filter((e) => e.type === "complaint.warned" || e.type === "complaint.breached");
        for (const one of promised)
          for (const [type, limit] of [
            ["complaint.warned", one.near] as const,
            ["complaint.breached", one.within] as const,
          ]) {
            const times = said.flatMap((e) => (e.type === type && of(e) === one.clock && !atTheTop(e) ? [e.at] : []));
            const at = limit === undefined ? undefined : stopwatch(one, limit, happened, now);
            expect([one.clock, type, times]).toEqual([one.clock, type, at === undefined ? [] : [at]]);
          }
      }),
      { numRuns: 60 },
    );
  });

  it("goes up a level with whatever is overdue, until it is at the top, where it is told", () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const { events } = live(steps, [everyClock]);
        const reached = (e: Draft) => e.marks?.find((m) => m.type === "level" && m.id === "overdue")?.clock;
        let level = 1;
        for (const e of events) {
          if (reached(e) !== undefined) expect(e.type).toBe(`complaint.${level === 3 ? "warned" : "escalated"}`);
          if (e.type === "complaint.breached")
            expect(events.filter((other) => other.at === e.at).map(reached)).toContain(of(e));
          if (e.type === "complaint.escalated") level = (e.data as { readonly to: number }).to;
        }
      }),
      { numRuns: 60 },
    );
  });

  it("goes everywhere: every command is accepted in some life, every state is reached", () => {
    const types = new Set<string>();
    const states = new Set<string>();
    fc.assert(
      fc.property(lives, (steps) => {
        const { events } = live(steps, [everyClock]);
        for (const e of events) {
          types.add(e.type);
          if (e.moved) states.add(e.moved.to);
        }
      }),
      { numRuns: 150, seed: 3 },
    );
    expect([...states].sort()).toEqual([...openStates, ...pausedStates, ...closedStates].sort());
    const own = [...ownEvents(complaint), ...Object.values(complaintEvents)];
    expect([...types].sort()).toEqual(own.map((e) => e.id).sort());
  });
});

describe("facts told later", () => {
  it("are notes and contacts only", () => {
    const record = gone(roads["proposed"]!, ["assign"], "general");
    const at = earlier(noon, { days: 1 });
    for (const name of Object.keys(edges)) {
      const answer = doors.decide(record, { ...command(name), at }, context(noon, ann));
      const here = expected(situation(record), name, "staff");
      if ("refused" in here && here.refused[0] !== "DENIED") expect(asked(answer)).toEqual(here);
      else expect([name, asked(answer)]).toEqual([name, datable(name) ? here : { refused: ["BACKDATED"] }]);
    }
  });
});
