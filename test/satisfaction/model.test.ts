import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import { labelCatalogue } from "../../src/kernel/labels.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Refusal, unwrap } from "../../src/kernel/result.js";
import { coreLabels } from "../../src/rules/index.js";
import { satisfaction, satisfactionEvents, satisfactionStates } from "../../src/satisfaction/index.js";
import { fold, later, noon, stored } from "../given.js";
import { doors, invited, knowing, survey } from "./given.js";
import { edges, everybody, expected, states, type Who } from "./model.js";

const people = Object.keys(everybody) as Who[];
const words = labelCatalogue(...coreLabels);
const attempt = (record: AnyRecord, name: string, who: Who, now = record.touchedAt) =>
  doors.decide(
    record,
    { type: name.split("/")[0]!, input: edges[name]!.input },
    knowing([survey()], now, everybody[who]),
  );
const codes = (refusal: Refusal) =>
  refusal.code === "DENIED" ? [refusal.code, ...refusal.denials.map((d) => d.code)] : [refusal.code];
const asked = (answer: ReturnType<typeof attempt>) =>
  answer.ok ? { state: answer.value.next.state } : { refused: codes(answer.error) };

const situations = [
  invited(),
  ...["answer", "dismiss", "excuse"].map((name) => unwrap(attempt(invited(), name, "staff")).next),
  unwrap(doors.sweep(invited(), knowing([survey()], later(noon, { days: 15 })))).next,
];

describe("every step from every state by everybody", () => {
  it("knows every state and every command", () => {
    expect(situations.map((s) => s.state).sort()).toEqual([...states].sort());
    expect(
      Object.values(satisfactionStates)
        .map((s) => s.id)
        .sort(),
    ).toEqual([...states].sort());
    expect(doors.decide(invited(), { type: "" }, knowing([]))).toMatchObject({
      error: { known: [...new Set(Object.keys(edges).map((e) => e.split("/")[0]))].sort() },
    });
  });

  it.each(situations.map((s) => [s.state, s] as const))("is as the model says: %s", (state, record) => {
    for (const who of people) {
      for (const name of Object.keys(edges))
        expect([name, who, asked(attempt(record, name, who))]).toEqual([name, who, expected(state, name, who)]);
      const shown = doors.available(record, knowing([survey()], record.touchedAt, everybody[who]));
      const possible = state === "invited" && who !== "stranger" ? ["answer", "dismiss", "excuse"] : [];
      expect(shown.map((a) => a.command).sort()).toEqual(possible);
    }
  });
});

describe("whatever happens to an invitation", () => {
  const step = fc.record({
    name: fc.constantFrom(...Object.keys(edges)),
    who: fc.constantFrom(...people),
    wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 * 86_400_000 })),
  });
  it("keeps the model; the log makes the record; every refusal has a word", () => {
    const types = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const opening = unwrap(
          doors.open(
            {
              id: "s-1",
              input: {
                customerId: "c-7",
                subject: { kind: "firm", id: "f" },
                survey: { id: "after-visit", hash: survey().hash },
                expiresAt: later(noon, { days: 14 }),
              },
            },
            knowing([survey()]),
          ),
        );
        let record = opening.next;
        let now = toMs(noon);
        const events = [...opening.events];
        for (const { name, who, wait } of steps) {
          now += wait;
          const swept = unwrap(doors.sweep(record, knowing([survey()], toInstant(now))));
          const answer = attempt(record, name, who, toInstant(now));
          expect(asked(answer)).toEqual(expected(swept.next.state, name, who));
          if (!answer.ok)
            for (const code of codes(answer.error))
              for (const language of ["en", "zh-CN"]) expect(words.has("refusals", code, language)).toBe(true);
          const { next, events: said } = answer.ok ? answer.value : swept;
          events.push(...said);
          record = next;
          const open = record.state === "invited";
          expect(doors.wakeAt(record, knowing([]).book)).toBe(open ? later(noon, { days: 14 }) : null);
          // Only what was answered has answers.
          expect((record as AnyRecord & { answers: unknown }).answers !== null).toBe(record.state === "answered");
        }
        for (const e of events) types.add(e.type);
        expect(fold(doors, stored(events))).toStrictEqual(record);
      }),
      { numRuns: 300, seed: 5 },
    );
    const own = [satisfaction.opened, satisfaction.lapsed, ...Object.values(satisfactionEvents)].map((e) => e.id);
    expect([...types].sort()).toEqual(own.sort());
  });
});
