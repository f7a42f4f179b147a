import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { followUp, followUpEvents, followUpStates } from "../../src/follow-up/index.js";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import { labelCatalogue } from "../../src/kernel/labels.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Refusal, unwrap } from "../../src/kernel/result.js";
import { coreLabels } from "../../src/rules/index.js";
import { context, fold, later, noon, stored } from "../given.js";
import { type Contact, doors, occurrence, planned } from "./given.js";
import { closed, edges, everybody, expected, open, type Who } from "./model.js";

const people = Object.keys(everybody) as Who[];
const words = labelCatalogue(...coreLabels);
const attempt = (record: AnyRecord, name: string, who: Who, now = record.touchedAt) =>
  doors.decide(record, { type: name.split("/")[0]!, input: edges[name]!.input }, context(now, everybody[who]));
const codes = (refusal: Refusal) =>
  refusal.code === "DENIED" ? [refusal.code, ...refusal.denials.map((d) => d.code)] : [refusal.code];
const asked = (answer: ReturnType<typeof attempt>) =>
  answer.ok ? { state: answer.value.next.state } : { refused: codes(answer.error) };
const swept = (record: AnyRecord, days: number) => unwrap(doors.sweep(record, context(later(noon, { days })))).next;
const after = (...names: readonly string[]) =>
  names.reduce<AnyRecord>((record, name) => unwrap(attempt(record, name, "system")).next, planned());

const situations: readonly (readonly [string, AnyRecord])[] = [
  ["planned", planned()],
  ["moved by hand", after("reschedule")],
  ["tried once", after("miss")],
  ["tried twice", after("miss", "miss")],
  ["due", swept(planned(), 8)],
  ["overdue", swept(planned(), 30)],
  ["done", after("reach")],
  ["refused", after("refuse")],
  ["abandoned", after("abandon")],
  ["cancelled", after("cancel")],
  ["dropped", after("drop")],
];

describe("every step from every state by everybody", () => {
  it("knows every state and every command", () => {
    const known = Object.values(followUpStates).map((s) => s.id);
    expect([...open, ...closed].sort()).toEqual([...known].sort());
    expect([...new Set(situations.map(([, r]) => r.state))].sort()).toEqual([...known].sort());
    expect(doors.decide(planned(), { type: "" }, context())).toMatchObject({
      error: { known: [...new Set(Object.keys(edges).map((e) => e.split("/")[0]))].sort() },
    });
  });

  it.each(situations)("is as the model says: %s", (_, record) => {
    const here = record as Contact;
    for (const who of people) {
      for (const name of Object.keys(edges))
        expect([name, who, asked(attempt(record, name, who))]).toEqual([name, who, expected(here, name, who)]);
      const possible = Object.keys(edges).filter((name) => {
        const answer = expected(here, name, who);
        return !("refused" in answer) || answer.refused?.[0] === "DENIED";
      });
      const shown = doors.available(record, context(record.touchedAt, everybody[who])).map((a) => a.command);
      expect([...shown].sort()).toEqual([...new Set(possible.map((name) => name.split("/")[0]))].sort());
    }
  });
});

describe("whatever happens to a follow-up", () => {
  const step = fc.record({
    name: fc.constantFrom(...Object.keys(edges)),
    who: fc.constantFrom(...people),
    pick: fc.option(fc.nat(100), { freq: 4 }),
    wait: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 5 * 86_400_000 }),
      fc.integer({ min: 0, max: 40 * 86_400_000 }),
    ),
  });
  it("keeps the model; the log makes the record; every refusal has a word; nothing open is forgotten", () => {
    const types = new Set<string>();
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 30 }), (steps) => {
        const opening = unwrap(doors.open({ id: "f-1", input: occurrence }, context(noon)));
        let record = opening.next;
        let now = toMs(noon);
        const events = [...opening.events];
        for (const { name, who, pick, wait } of steps) {
          now += wait;
          const { next: here, events: lapsed } = unwrap(doors.sweep(record, context(toInstant(now))));
          const possible = Object.keys(edges).filter((e) => "state" in expected(here as Contact, e, "system"));
          const [chosen, whom] =
            pick === null || possible.length === 0
              ? ([name, who] as const)
              : ([possible[pick % possible.length]!, "system"] as const);
          const answer = attempt(record, chosen, whom, toInstant(now));
          expect(asked(answer)).toEqual(expected(here as Contact, chosen, whom));
          if (!answer.ok)
            for (const code of codes(answer.error))
              for (const language of ["en", "zh-CN"]) expect(words.has("refusals", code, language)).toBe(true);
          events.push(...(answer.ok ? answer.value.events : lapsed));
          record = answer.ok ? answer.value.next : here;
          const contact = record as Contact;
          expect(contact.missed).toBeLessThanOrEqual(contact.attempts);
          expect(contact.outcome !== null).toBe(contact.state === "done");
          expect(contact.dueAt).toBe(`${contact.dueOn}T00:00:00.000Z`);
          const wake = doors.wakeAt(record, context().book);
          if (closed.includes(record.state)) expect(wake).toBeNull();
          else expect(wake === null).toBe(record.stay.lapses > 100);
          seen.add(record.state);
        }
        for (const e of events) types.add(e.type);
        expect(fold(doors, stored(events))).toStrictEqual(record);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect([...seen].sort()).toEqual([...open, ...closed].sort());
    const own = [followUp.opened, followUp.moved, followUp.lapsed, ...Object.values(followUpEvents)].map((e) => e.id);
    expect([...types].sort()).toEqual(own.sort());
  });
});
