import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctiveAction, correctiveActionEvents, correctiveActionStates } from "../../src/corrective-action/index.js";
import type { Draft } from "../../src/kernel/event.js";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import { labelCatalogue } from "../../src/kernel/labels.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Result, unwrap } from "../../src/kernel/result.js";
import { ownEvents } from "../../src/lifecycle/record-kind.js";
import type { Decision } from "../../src/lifecycle/tokens.js";
import { coreLabels } from "../../src/rules/index.js";
import { context, fold, noon, stored } from "../given.js";
import { type Capa, codes, doors, opening } from "./given.js";
import {
  beginning,
  closedStates,
  edges,
  everybody,
  expected,
  openStates,
  promised,
  type Situation,
  type Who,
} from "./model.js";

const words = labelCatalogue(...coreLabels);
const people = Object.keys(everybody) as Who[];
const commands = Object.keys(edges);
const opened = unwrap(doors.open({ id: "a-1", input: opening }, context(noon)));
const attempt = (record: AnyRecord, name: string, who: Who, now: number) =>
  doors.decide(
    record,
    { type: name.split("/")[0]!, input: edges[name]!.input },
    context(toInstant(now), everybody[who]),
  );

/** The record, as the model sees it. */
const seen = (record: AnyRecord): Situation => {
  const c = record as Capa;
  return {
    state: c.state,
    round: c.round,
    level: c.level,
    owner: c.ownerId,
    complaints: c.complaintIds,
    actions: Object.fromEntries(
      c.actions.map(({ id, kind, plannedBy, done }) => [
        id,
        { kind, by: plannedBy, done: done === null ? null : toMs(done.at) },
      ]),
    ),
    submittedBy: c.submittedBy,
    allowed: c.goal?.allowed ?? null,
    verifiedBy: c.verification?.by ?? null,
    checkAt: c.checkAt === null ? null : toMs(c.checkAt),
    effective: c.check?.effective ?? null,
  };
};
const answered = (answer: Result<Decision<AnyRecord, Draft>>) =>
  answer.ok ? { next: seen(answer.value.next) } : { refused: codes(answer.error) };

/** Situations reached by roads of commands, each with the day of it. */
const plain = ["contain 1 ann", "analyse 2 ann", "plan_action/heat 3 ann", "plan_action/test 3 bea", "submit 3 ann"];
const done = ["verify 4 manager", "complete/heat 10 ann", "complete/test 12 ann"];
const roads: Readonly<Record<string, readonly string[]>> = {
  fresh: [],
  "with containment": ["plan_action/sort 0 ann"],
  "with an owner": ["assign 0 ann"],
  "at the top": ["escalate 0 ann", "escalate 0 ann"],
  "with one complaint": ["unlink/first 0 ann"],
  analysing: plain.slice(0, 1),
  planning: plain.slice(0, 2),
  "planning with containment done": ["plan_action/sort 0 ann", ...plain.slice(0, 2)],
  planned: plain.slice(0, 4),
  verifying: plain,
  "sent back": [...plain, "replan 4 bea"],
  implementing: [...plain, ...done.slice(0, 1)],
  "half done": [...plain, ...done.slice(0, 2)],
  "sent back half done": [...plain, ...done.slice(0, 2), "replan 11 ann"],
  "all done": [...plain, ...done],
  observing: [...plain, ...done, "implement 13 ann"],
  "due for the check": [...plain, ...done, "implement 13 ann", "note 32 ann"],
  failed: [...plain, ...done, "implement 13 ann", "fail_check/two 32 ann"],
  closed: [...plain, ...done, "implement 13 ann", "pass_check/none 32 ann", "link/new 33 system"],
  reopened: [...plain, ...done, "implement 13 ann", "pass_check/none 32 ann", "reopen 50 system"],
  cancelled: [...plain, "cancel 4 manager"],
  "reopened after cancelling": [...plain, "cancel 4 manager", "reopen 5 ann"],
};
const gone = (road: readonly string[]): AnyRecord => {
  let record = opened.next;
  for (const step of road) {
    const [name, on, who] = step.split(" ") as [string, string, Who];
    record = unwrap(attempt(record, name, who, toMs(noon) + Number(on) * 86_400_000)).next;
  }
  return record;
};
const situations = Object.entries(roads).map(([name, road]) => [name, gone(road)] as const);

describe("every step from every situation by everybody", () => {
  it("knows every state and every command", () => {
    const states = Object.values(correctiveActionStates).map((s) => s.id);
    expect([...openStates, ...closedStates].sort()).toEqual([...states].sort());
    expect([...new Set(situations.map(([, r]) => r.state))].sort()).toEqual([...states].sort());
    expect(doors.decide(opened.next, { type: "" }, context())).toMatchObject({
      error: { known: [...new Set(commands.map((name) => name.split("/")[0]))].sort() },
    });
  });

  it.each(situations)("is as the model says: %s", (_, record) => {
    const here = seen(record);
    const now = toMs(record.touchedAt);
    for (const who of people) {
      for (const name of commands)
        expect([name, who, answered(attempt(record, name, who, now))]).toEqual([
          name,
          who,
          expected(here, name, who, now),
        ]);
      const possible = commands.filter((name) => {
        const answer = expected(here, name, who, now);
        return !("refused" in answer) || answer.refused[0] === "DENIED";
      });
      const shown = doors.available(record, context(record.touchedAt, everybody[who]));
      expect(shown.map((a) => a.command)).toEqual([...new Set(possible.map((name) => name.split("/")[0]))].sort());
      for (const { command, allowed } of shown)
        if (allowed === true)
          expect([command, who, attempt(record, command, who, now).ok]).toEqual([command, who, true]);
    }
  });
});

interface Step {
  readonly name: string;
  readonly who: Who;
  readonly pick: number | null;
  readonly wait: number;
}
interface Seen {
  readonly before: Capa;
  readonly after: Capa;
  readonly said: readonly Draft[];
  readonly refused: readonly string[];
}
const dayMs = 86_400_000;

describe("whatever happens to a corrective action, up to 120 steps", () => {
  const step: fc.Arbitrary<Step> = fc.record({
    name: fc.constantFrom(...commands),
    who: fc.constantFrom(...people),
    // Steps that the model knows to be possible make lives long; the others make them hard.
    pick: fc.option(fc.nat(10_000), { freq: 5 }),
    wait: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: dayMs / 2 }) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 80 * dayMs }) },
    ),
  });
  const lives = fc.array(step, { minLength: 30, maxLength: 120, size: "max" });
  /** What leads on is tried more often than what leads back. */
  const onward = ["contain", "analyse", "submit", "verify", "complete", "implement", "pass_check", "fail_check"];
  const weight = (e: string, pick: number) => {
    if (e === "cancel") return pick % 9 === 0 ? 1 : 0;
    return onward.includes(e.split("/")[0]!) ? 5 : 1;
  };
  const live = (steps: readonly Step[]) => {
    let record = opened.next;
    let model = beginning;
    let now = toMs(noon);
    const events = [...opened.events];
    const all: Seen[] = [];
    for (const { name, who, pick, wait } of steps) {
      now += wait;
      const swept = unwrap(doors.sweep(record, context(toInstant(now))));
      // Time alone changes nothing that the model knows, but the level.
      const { level } = swept.next as Capa;
      expect(seen(swept.next)).toEqual({ ...model, level });
      const here = { ...model, level };
      const may = (e: string) => people.filter((p) => "next" in expected(here, e, p, now));
      const possible = commands.flatMap((e) =>
        Array<readonly [string, readonly Who[]]>(weight(e, pick ?? 0))
          .fill([e, may(e)])
          .filter(([, who]) => who.length > 0),
      );
      const [liked, by] = possible[(pick ?? 0) % possible.length]!;
      const [chosen, whom] = pick === null ? ([name, who] as const) : ([liked, by[pick % by.length]!] as const);
      const answer = attempt(record, chosen, whom, now);
      const wanted = expected(here, chosen, whom, now);
      expect([chosen, whom, answered(answer)]).toEqual([chosen, whom, wanted]);
      const { next, events: said } = answer.ok ? answer.value : swept;
      all.push({
        before: record as Capa,
        after: next as Capa,
        said,
        refused: answer.ok ? [] : codes(answer.error),
      });
      events.push(...said);
      record = next;
      model = "next" in wanted ? wanted.next : here;
    }
    return { record, events, all, now };
  };

  it("keeps the model and every invariant; the log makes the record", () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const { record, events, all } = live(steps);
        const { book } = context();
        for (const { before: b, after: a, said, refused } of all) {
          const types = said.map((e) => e.type.replace("corrective-action.", ""));
          // Never closed without both checks: one before the implementation, by somebody else, and one after it.
          if (a.state === "closed") {
            expect(a.verification!.at <= a.implementedAt! && a.implementedAt! < a.check!.at).toBe(true);
            expect(a.verification!.by).not.toBe(a.submittedBy);
            expect(toMs(a.check!.at) - toMs(a.implementedAt!)).toBeGreaterThanOrEqual(a.goal!.days * dayMs);
            expect(a.check!.effective && a.check!.later.length <= a.goal!.allowed).toBe(true);
          }
          if (a.state === "observing" || a.state === "closed")
            expect(a.actions.filter((action) => action.done === null)).toEqual([]);
          // Closed stays closed, but for reopening.
          if (closedStates.includes(b.state) && !closedStates.includes(a.state)) expect(types).toContain("reopened");
          // One accountable person, changed only by assigning and handing over.
          if (b.ownerId !== a.ownerId) expect(types.some((t) => t === "assigned" || t === "handed_over")).toBe(true);
          if (b.ownerId !== null) expect(a.ownerId).not.toBeNull();
          expect(a.round).toBeGreaterThanOrEqual(b.round);
          for (const code of refused)
            for (const language of ["en", "zh-CN"]) expect(words.has("refusals", code, language)).toBe(true);
          // Nothing open is forgotten until its reminders are used up; nothing closed is reminded of.
          const wake = doors.wakeAt(a, book);
          if (closedStates.includes(a.state)) expect(wake).toBeNull();
          else if (a.stay.lapses <= 100) expect([a.state, wake]).not.toEqual([a.state, null]);
        }
        const count = (type: string) => events.filter((e) => e.type === `corrective-action.${type}`).length;
        expect((record as Capa).tally).toEqual({ notes: count("noted"), handovers: count("handed_over") });
        expect(fold(doors, stored(events))).toStrictEqual(record);
      }),
      { numRuns: 80 },
    );
  });

  it("says what is near and what is overdue when a stopwatch would, and goes up with it", () => {
    const told: Record<string, number> = {};
    fc.assert(
      fc.property(lives, (steps) => {
        const { events, now } = live(steps);
        let level = 1;
        for (const e of events) {
          const reached = e.marks?.some((m) => m.type === "level" && m.id === "overdue") === true;
          if (reached) expect(e.type).toBe(`corrective-action.${level === 3 ? "warned" : "escalated"}`);
          if (e.type === "corrective-action.escalated") level = (e.data as { readonly to: number }).to;
        }
        for (const one of promised) {
          const breaches = events.flatMap((e) =>
            e.type === "corrective-action.breached" && (e.data as { clock: string }).clock === one.clock
              ? [toMs(e.at)]
              : [],
          );
          const near = events.flatMap((e) => {
            const { clock, level: which } = e.data as { readonly clock?: string; readonly level?: string };
            return e.type === "corrective-action.warned" && clock === one.clock && which === "near" ? [toMs(e.at)] : [];
          });
          expect([one.clock, breaches]).toEqual([one.clock, ran(one, one.within, events, now)]);
          expect([one.clock, near]).toEqual([one.clock, "near" in one ? ran(one, one.near, events, now) : []]);
          told[one.clock] = (told[one.clock] ?? 0) + breaches.length;
        }
      }),
      { numRuns: 80, seed: 11 },
    );
    for (const { clock } of promised) expect([clock, (told[clock] ?? 0) > 5]).toEqual([clock, true]);
  });

  it("goes everywhere: every event is said in some life, every state is reached", () => {
    const types = new Set<string>();
    const states = new Set<string>(["containing"]);
    fc.assert(
      fc.property(lives, (steps) => {
        const { events } = live(steps);
        for (const e of events) {
          types.add(e.type);
          if (e.moved) states.add(e.moved.to);
        }
      }),
      { numRuns: 150, seed: 3 },
    );
    expect([...states].sort()).toEqual([...openStates, ...closedStates].sort());
    // Every move has more to say than that, and nothing that is told late is heard by a clock.
    const never = [correctiveAction.moved.id, correctiveAction.revised.id] as string[];
    const own = [...ownEvents(correctiveAction), ...Object.values(correctiveActionEvents)].map((e) => e.id);
    expect([...types].sort()).toEqual(own.filter((id) => !never.includes(id)).sort());
  });
});

/** When a stopwatch that each of these begins and ends had run for so long. */
function ran(
  { from, until }: (typeof promised)[number],
  limit: number,
  events: readonly Draft[],
  now: number,
): readonly number[] {
  const times: number[] = [];
  let since: number | undefined;
  const look = (at: number) => {
    if (since !== undefined && at > since + limit) {
      times.push(since + limit);
      since = undefined;
    }
  };
  for (const e of events) {
    const at = toMs(e.at);
    look(at);
    const data = e.data as { readonly state?: string; readonly lapses?: number };
    const type = e.type.replace("corrective-action.", "");
    const name = type === "lapsed" && data.state === "observing" && data.lapses === 1 ? "check due" : type;
    if ((until as readonly string[]).includes(name) || closedStates.includes(e.moved?.to ?? "")) since = undefined;
    if ((from as readonly string[]).includes(name)) since = at;
  }
  look(now);
  return times;
}
