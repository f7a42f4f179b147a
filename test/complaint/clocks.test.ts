import { complaint, complaintEvents, definePlugin, hears } from "clientele";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { legal } from "../../examples/plugins/legal.js";
import { workingHours } from "../../src/calendar/index.js";
import type { ComplaintFields, ComplaintInput } from "../../src/complaint/index.js";
import type { Actor } from "../../src/kernel/context.js";
import type { Draft } from "../../src/kernel/event.js";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import type { Policy } from "../../src/kernel/policy.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import type { ClockReading } from "../../src/lifecycle/readings.js";
import { clockHistory, replay } from "../../src/lifecycle/retell.js";
import { type ServiceLevels, serviceLevels, type TargetRow } from "../../src/sla/index.js";
import { ann, carl, context, earlier, fold, max, noon, refused, robot, stored } from "../given.js";
import { complaintsOf } from "../laws/composition.js";

const hour = 3_600_000;
const long = { within: { elapsed: { hours: 5000 } } } as const;
const hours = (n: number) => ({ within: { elapsed: { hours: n } } });
const at = (n: number): Instant => toInstant(toMs(noon) + n * hour);
const overdue = { id: "overdue", at: { percent: 100 }, escalates: true } as const;

/** Service levels of the house, from a day before the story. */
const promising = (
  complaintRows: readonly TargetRow[],
  more: Partial<ServiceLevels> = {},
  version = 1,
  from: Instant = earlier(noon, { days: 1 }),
): Policy =>
  serviceLevels.version({ id: "house", version, from, body: { ...more, targets: { complaint: complaintRows } } });
const office = ["09:00-17:00"];
const hq = (version = 1, from: Instant = earlier(noon, { days: 9 }), more: object = {}): Policy =>
  workingHours.version({
    id: "hq",
    version,
    from,
    body: { zone: "UTC", week: { mon: office, tue: office, wed: office, thu: office, fri: office }, ...more },
  });

interface Told {
  readonly policies?: readonly Policy[];
  readonly input?: Partial<ComplaintInput>;
  readonly by?: Actor;
  readonly doors?: Doors;
}

/** A complaint told step by step, each at an hour after noon of a Monday. */
function story({ policies = [], input = {}, by = carl, doors = complaintsOf([]) }: Told = {}) {
  const book = (now: Instant, actor: Actor = ann) => context(now, actor, policies);
  const opening = { customerId: "c-7", summary: "The fridge does not cool", ...input };
  const first = unwrap(doors.open({ id: "c-1", input: opening }, book(noon, by)));
  let record = first.next as AnyRecord & ComplaintFields;
  let now = noon;
  const events: Draft[] = [...first.events];
  const take = ({ next, events: said }: { readonly next: AnyRecord; readonly events: readonly Draft[] }) => {
    record = next as AnyRecord & ComplaintFields;
    events.push(...said.map((e) => ({ ...e, recordedAt: now })));
    return told;
  };
  const read = (): readonly ClockReading[] => unwrap(doors.clocks(record, book(now)));
  const told = {
    events,
    get record() {
      return record;
    },
    at: (n: number) => {
      now = at(n);
      return told;
    },
    does: (actor: Actor, type: string, given: unknown = {}, when?: number) =>
      take(
        unwrap(
          doors.decide(
            record,
            { type, input: given, ...(when === undefined ? {} : { at: at(when) }) },
            book(now, actor),
          ),
        ),
      ),
    swept: () => take(unwrap(doors.sweep(record, book(now)))),
    refusal: (type: string) => refused(doors.decide(record, { type, input: {} }, book(now))),
    clocks: read,
    clock: (id: string): ClockReading => read().find((c) => c.clock === id)!,
    /** What its log says of it. */
    retold: () => unwrap(clockHistory(doors, events, book(now))),
    /** What was said, with the hour after noon. */
    said: () => events.map((e) => [e.type.replace("complaint.", ""), (toMs(e.at) - toMs(noon)) / hour]),
    context: () => book(now),
  };
  return told;
}
type Story = ReturnType<typeof story>;

const assessment = (severity: string, nature = "service") => ({ nature, scope: "general", severity });
const outbound = { direction: "out", channel: "phone", text: "We are at it" };
const inbound = { direction: "in", channel: "phone", text: "Well?" };
const proposal = { remedy: "refund", message: "Your money back" };
const waiting = { question: "Which model?" };

/** A clock in short: since when it runs, until when it ran. */
const brief = ({ state, startedAt, stoppedAt }: ClockReading): string => {
  const n = (instant: Instant | null) => (instant === null ? "" : `${(toMs(instant) - toMs(noon)) / hour}`);
  if (state === "stopped") return `${n(startedAt)}-${n(stoppedAt)}`;
  return state === "running" ? n(startedAt) : state === "paused" ? `${n(startedAt)} paused` : state;
};
/** Those that every complaint has; somebody on the way and a promise have clocks of their own. */
const five = ["acknowledge", "first_response", "next_response", "update", "resolution"];
const inShort = (clocks: readonly ClockReading[]) =>
  clocks
    .filter((c) => five.includes(c.clock))
    .map(brief)
    .join(", ");
const all = (told: Story) => inShort(told.clocks());

describe("where the house has promised nothing of its own", () => {
  it("the complaint is acknowledged within 48 hours and settled within four weeks", () => {
    const told = story().at(1);
    expect(told.clocks().map((c) => [c.clock, c.state, c.due, c.reason])).toEqual([
      ["acknowledge", "running", at(48), null],
      ["first_response", "cancelled", null, "NO_TARGET"],
      ["next_response", "cancelled", null, "NO_TARGET"],
      // Nothing has been promised, and nobody is on the way.
      ["promise", "cancelled", null, "NO_TARGET"],
      ["resolution", "running", at(672), null],
      ["update", "cancelled", null, "NO_TARGET"],
      ["visit", "cancelled", null, "NO_TARGET"],
    ]);
    expect(told.clock("resolution")).toMatchObject({
      elapsed: hour,
      remaining: 671 * hour,
      policy: null,
      calendar: null,
    });
  });

  it("case 35: what is not kept goes up, and near the end it is warned; each thing is dated when it came true", () => {
    const told = story().at(2000).swept();
    const clocked = told.said().filter(([type]) => type !== "lapsed");
    expect(clocked).toEqual([
      ["opened", 0],
      ["breached", 48],
      ["escalated", 48],
      ["warned", 0.8 * 672],
      ["breached", 672],
      ["escalated", 672],
    ]);
    expect(told.record.level).toBe(3);
    expect(told.clock("resolution").levels).toEqual([
      { id: "near", at: at(0.8 * 672) },
      { id: "overdue", at: at(672) },
    ]);
  });

  it("who is at the top can only be warned", () => {
    const told = story().does(ann, "escalate", { reason: "x" }).does(ann, "escalate", { reason: "x" }).at(49).swept();
    expect(told.said().slice(3)).toEqual([
      ["breached", 48],
      ["warned", 48],
    ]);
    expect(told.events.at(-1)!.data).toEqual({ clock: "acknowledge", level: "overdue", due: at(48) });
    expect(told.record.level).toBe(3);
  });
});

describe("the five clocks", () => {
  const policies = [promising(five.map((clock) => ({ clock, ...long })))];

  it("hear what happens to a complaint, and by whom", () => {
    const told = story({ policies });
    // In the order of their ids: acknowledge, first response, next response, resolution, update.
    const steps: readonly (readonly [Actor, string, object, string])[] = [
      [robot, "acknowledge", {}, "0-1, 0, waiting, 0, 1"],
      // What the customer said counts, whoever wrote it down.
      [ann, "contact", inbound, "0-1, 0, 2, 0, 1"],
      // A machine keeps the customer up to date, but answers nobody.
      [robot, "contact", outbound, "0-1, 0, 2, 0, 3"],
      [ann, "contact", outbound, "0-1, 0-4, 2-4, 0, 4"],
      [ann, "assess", assessment("normal"), "0-1, 0-4, 2-4, 0, 4"],
      [carl, "contact", inbound, "0-1, 0-4, 6, 0, 4"],
      // Who writes again does not wait anew.
      [carl, "contact", inbound, "0-1, 0-4, 6, 0, 4"],
      [ann, "propose", proposal, "0-1, 0-4, 6-8, 0, 8"],
      [carl, "decline", { reason: "x" }, "0-1, 0-4, 9, 0, 8"],
      [ann, "propose", proposal, "0-1, 0-4, 9-10, 0, 10"],
      [carl, "accept", {}, "0-1, 0-4, 9-10, 0, 10"],
      [ann, "resolve", { outcome: "paid" }, "0-1, 0-4, 9-10, 0-12, 10-12"],
      // Once everything is carried out, no progress is owed.
      [ann, "contact", outbound, "0-1, 0-4, 9-10, 0-12, 10-12"],
      [carl, "dispute", { reason: "x" }, "0-1, 0-4, 14, 0, 14"],
      [ann, "note", { text: "x" }, "0-1, 0-4, 14, 0, 14"],
      [ann, "propose", proposal, "0-1, 0-4, 14-16, 0, 16"],
      [carl, "accept", {}, "0-1, 0-4, 14-16, 0, 16"],
      [ann, "resolve", { outcome: "paid" }, "0-1, 0-4, 14-16, 0-18, 16-18"],
      [carl, "confirm", {}, "0-1, 0-4, 14-16, 0-18, 16-18"],
      // A case that is closed owes nobody anything.
      [carl, "contact", inbound, "0-1, 0-4, 14-16, 0-18, 16-18"],
      [ann, "contact", outbound, "0-1, 0-4, 14-16, 0-18, 16-18"],
      [carl, "reopen", { reason: "x" }, "0-1, 0-4, 22, 0, 22"],
      [ann, "assign", { ownerId: "ann" }, "0-1, 0-4, 22, 0, 22"],
      [ann, "escalate", { reason: "x" }, "0-1, 0-4, 22, 0, 22"],
      [ann, "wait_for_customer", waiting, "0-1, 0-4, 22 paused, 0 paused, 22 paused"],
      // The customer, who was asked, now waits for us.
      [carl, "reply", { channel: "email", text: "the blue one" }, "0-1, 0-4, 22, 0, 22"],
      [ann, "reassess", assessment("low"), "0-1, 0-4, 22, 0, 22"],
      [carl, "withdraw", {}, "0-1, 0-4, 22-28, 0-28, 22-28"],
    ];
    expect(all(told)).toBe("0, 0, waiting, 0, 0");
    steps.forEach(([actor, type, given, expected], i) => {
      told.at(i + 1).does(actor, type, given);
      expect([type, all(told)]).toEqual([type, expected]);
      expect(inShort(told.retold())).toBe(expected);
    });
    expect(fold(complaintsOf([]), stored(told.events))).toEqual(told.record);
  });

  it("case 31: a person's receipt is a response, a machine's is none; an offer is both", () => {
    expect(all(story({ policies }).at(1).does(ann, "acknowledge"))).toBe("0-1, 0-1, waiting, 0, 1");
    const offered = story({ policies })
      .does(robot, "acknowledge")
      .does(ann, "assess", assessment("normal"))
      .at(1)
      .does(ann, "propose", proposal);
    expect(all(offered)).toBe("0-0, 0-1, waiting, 0, 1");
  });

  it("stop when the complaint is closed, however it is closed", () => {
    const stopped = "0-1, 0-1, waiting, 0-1, 0-1";
    expect(all(story({ policies }).at(1).does(carl, "withdraw"))).toBe(stopped);
    expect(all(story({ policies }).at(1).does(max, "reject", { reason: "x" }))).toBe(stopped);
    const silent = story({ policies })
      .does(ann, "acknowledge")
      .does(ann, "assess", assessment("normal"))
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "x" })
      .at(1)
      .does(carl, "contact", inbound)
      .at(31 * 24)
      .swept();
    expect([silent.record.state, brief(silent.clock("next_response"))]).toEqual(["closed", "1-720"]);
  });

  it("case 29: tell of their earlier runs in the log, each of them", () => {
    const told = story({ policies: [promising([{ clock: "next_response", ...hours(2) }])] })
      .does(carl, "contact", inbound)
      .at(1)
      .does(ann, "contact", outbound)
      .at(4)
      .does(carl, "contact", inbound)
      .at(9)
      .does(ann, "contact", outbound);
    const retold = told.retold().find((c) => c.clock === "next_response")!;
    expect(retold.earlier).toEqual([
      { startedAt: at(0), stoppedAt: at(1), elapsed: hour, late: 0, verdict: "on time" },
    ]);
    expect(retold).toMatchObject({ startedAt: at(4), stoppedAt: at(9), late: 3 * hour, verdict: "late" });
    expect(told.clock("next_response")).toEqual({ ...retold, earlier: [] });
  });

  it("case 26: may count from the customer's first word, or from the first owner", () => {
    const from = (starts: "created" | "customer waiting" | "attached", clock: string) => [
      promising([{ clock, starts, ...hours(10) }]),
    ];
    const waitsFor = story({ by: robot, policies: from("customer waiting", "first_response") }).at(1);
    expect(brief(waitsFor.clock("first_response"))).toBe("waiting");
    // Nobody waited, so nothing was answered.
    waitsFor.does(ann, "contact", outbound);
    expect(brief(waitsFor.clock("first_response"))).toBe("waiting");
    waitsFor.at(2).does(carl, "contact", inbound).at(3).does(ann, "contact", outbound);
    expect(brief(waitsFor.clock("first_response"))).toBe("2-3");
    expect(brief(story({ policies: from("customer waiting", "first_response") }).clock("first_response"))).toBe("0");

    const owned = story({ policies: from("attached", "resolution") })
      .at(5)
      .does(ann, "assign", { ownerId: "ann" });
    owned.at(6).does(ann, "hand_over", { to: "max", reason: "shift" });
    expect(owned.clock("resolution")).toMatchObject({ startedAt: at(5), due: at(15) });
  });
});

describe("a pause", () => {
  const policies = [promising([{ clock: "resolution", ...hours(10), levels: [{ id: "half", at: { percent: 50 } }] }])];

  it("moves the due time, and what comes before it, by as long as it lasts", () => {
    const told = story({ policies }).at(2).does(ann, "wait_for_customer", waiting).at(8);
    expect(told.clock("resolution")).toMatchObject({ state: "paused", due: at(16), elapsed: 2 * hour, wakeAt: null });
    told.does(carl, "reply", { channel: "email", text: "x" }).at(9);
    expect(told.clock("resolution")).toMatchObject({
      due: at(16),
      paused: 6 * hour,
      elapsed: 3 * hour,
      intervals: [
        { from: at(0), to: at(2), state: "running", counted: 2 * hour },
        { from: at(2), to: at(8), state: "paused", counted: 0 },
        { from: at(8), to: at(9), state: "running", counted: hour },
      ],
    });
    expect(told.at(40).swept().said().slice(3)).toEqual([
      ["warned", 11],
      ["breached", 16],
    ]);
  });

  it("lets nothing become late; what was late before it stays so", () => {
    const told = story({ policies })
      .at(9)
      .does(ann, "wait_for_third_party", { party: "x", ...waiting })
      .at(300)
      .swept();
    expect(told.clock("resolution")).toMatchObject({ state: "paused", verdict: null, remaining: hour });
    const late = story({ policies }).at(11).does(ann, "wait_for_customer", waiting).at(300);
    expect(late.clock("resolution")).toMatchObject({ state: "paused", verdict: "late", due: at(10), late: hour });
  });

  it("that ends by itself goes on where it was", () => {
    const told = story({ policies })
      .at(2)
      .does(ann, "wait_for_customer", waiting)
      .at(15 * 24);
    expect(told.clock("resolution")).toMatchObject({ state: "running", due: at(10 + 14 * 24), paused: 14 * 24 * hour });
  });

  it("within a pause goes on", () => {
    const doors = complaintsOf([legal]);
    const lex: Actor = { kind: "staff", id: "lex", roles: ["counsel"] };
    const told = story({ policies, doors, input: { severity: "critical" } })
      .at(1)
      .does(lex, "legal.place_hold", { caseRef: "AB-1" })
      .at(4)
      .does(lex, "legal.release")
      .at(5);
    expect(told.clock("resolution")).toMatchObject({ due: at(13), paused: 3 * hour });
  });

  it("does not stop what is not pausable", () => {
    const steady = [promising([{ clock: "resolution", ...hours(10), pausable: false }])];
    const told = story({ policies: steady }).at(2).does(ann, "wait_for_customer", waiting).at(11).swept();
    expect(told.clock("resolution")).toMatchObject({ state: "running", verdict: "late", due: at(10) });
    expect(told.said().at(-1)).toEqual(["breached", 10]);
  });

  it("holds what begins in it from its beginning", () => {
    const rows = ["next_response", "update"].map((clock) => ({ clock, ...hours(4) }));
    const told = story({ policies: [promising(rows)] })
      .at(1)
      .does(ann, "wait_for_third_party", { party: "x", ...waiting })
      .at(2)
      .does(carl, "contact", inbound)
      .at(3)
      .does(ann, "contact", outbound)
      .at(4)
      .does(carl, "contact", inbound)
      .at(24);
    expect([brief(told.clock("next_response")), brief(told.clock("update"))]).toEqual(["4 paused", "3 paused"]);
    expect(told.does(ann, "resume").at(25).clock("next_response")).toMatchObject({ elapsed: hour, due: at(28) });
    expect(told.clock("update")).toMatchObject({ elapsed: hour, due: at(28) });
    expect(told.retold().map(({ earlier: _, ...rest }) => rest)).toEqual(
      told.clocks().map(({ earlier: _, ...rest }) => rest),
    );
  });
});

describe("a complaint that is reopened", () => {
  const reopened = (onReopen?: "resume" | "restart" | "ignore") =>
    story({ policies: [promising([{ clock: "resolution", ...hours(10), onReopen, levels: [overdue] }])] })
      .at(4)
      .does(carl, "withdraw")
      .at(100)
      .does(carl, "reopen", { reason: "Warm again" })
      .at(101);

  it("case 34: goes on with what was left", () => {
    for (const told of [reopened(), reopened("resume")])
      expect(told.clock("resolution")).toMatchObject({
        state: "running",
        verdict: null,
        due: at(106),
        elapsed: 5 * hour,
      });
  });
  it("case 34: begins anew where the house says so", () => {
    const told = reopened("restart");
    expect(told.clock("resolution")).toMatchObject({ startedAt: at(100), due: at(110), elapsed: hour });
    expect(told.at(200).swept().said().slice(-2)).toEqual([
      ["breached", 110],
      ["escalated", 110],
    ]);
  });
  it("case 34: or stays as it was", () => {
    expect(reopened("ignore").at(200).swept().clock("resolution")).toMatchObject({
      state: "stopped",
      verdict: "on time",
      stoppedAt: at(4),
    });
  });
});

describe("levels", () => {
  it("lie on the way, before the due time and after it, and are reached in their order", () => {
    const levels = [
      { id: "later", at: { after: { elapsed: { hours: 5 } } }, escalates: true },
      { id: "half", at: { percent: 50 } },
      { id: "soon", at: { before: { elapsed: { hours: 1 } } } },
      overdue,
    ];
    const told = story({ policies: [promising([{ clock: "update", ...hours(10), levels }])] })
      .at(40)
      .swept();
    expect(told.events.slice(1).map((e) => [e.type, (e.data as { level?: string }).level, e.at])).toEqual([
      ["complaint.warned", "half", at(5)],
      ["complaint.warned", "soon", at(9)],
      ["complaint.breached", undefined, at(10)],
      ["complaint.escalated", undefined, at(10)],
      ["complaint.escalated", undefined, at(15)],
    ]);
    expect(told.record.level).toBe(3);
    expect(told.clock("update").levels.map((l) => l.id)).toEqual(["half", "soon", "overdue", "later"]);
  });

  it("may be chosen by the level that they lead to, and what was late stays late", () => {
    const rows = [
      { clock: "resolution", when: { level: 1 }, ...hours(10), levels: [overdue] },
      { clock: "resolution", ...hours(40), levels: [overdue] },
    ];
    const told = story({ policies: [promising(rows)] })
      .at(30)
      .swept();
    expect(told.record.level).toBe(2);
    for (const one of [told.clock("resolution"), told.retold().find((c) => c.clock === "resolution")!])
      expect(one).toMatchObject({ verdict: "late", breachedAt: at(10), due: at(10) });
  });
});

describe("targets", () => {
  const within = (told: Story, clock = "resolution") => told.clock(clock).target?.within;
  const choosing = (when: TargetRow["when"]) => [
    promising([
      { clock: "resolution", when, ...hours(4) },
      { clock: "resolution", ...hours(40) },
    ]),
  ];
  const short = hours(4).within;
  const usual = hours(40).within;

  it("are chosen by what is known of the complaint: the first row that fits", () => {
    const opened = (when: TargetRow["when"], input: Partial<ComplaintInput>) =>
      within(story({ policies: choosing(when), input }));
    expect(opened({ severity: ["high", "critical"] }, { severity: "high" })).toEqual(short);
    expect(opened({ severity: ["high", "critical"] }, {})).toEqual(usual);
    expect(opened({ channel: "chat" }, { channel: "chat" })).toEqual(short);
    expect(opened({ channel: "chat", severity: "high" }, { channel: "chat" })).toEqual(usual);
    expect(opened({ grade: "A" }, { grade: "A" })).toEqual(short);
    expect(opened({ grade: ["A", "B"] }, { grade: "C" })).toEqual(usual);
    expect(opened({ grade: null }, {})).toEqual(short);
    expect(opened({ orderId: null }, { orderId: "o-1" })).toEqual(usual);
    expect(opened({ nature: "product" }, {})).toEqual(usual);
    expect(opened({ "tally.notes": 0 }, {})).toEqual(short);
    expect(opened({ constructor: "x" } as never, {})).toEqual(usual);
  });

  it("follow what turns out: an assessment, a plugin's place on the record", () => {
    const told = story({ policies: choosing({ nature: "product" }) }).does(ann, "acknowledge");
    expect(within(told.does(ann, "assess", assessment("normal", "product")))).toEqual(short);
    expect(within(told.does(ann, "reassess", assessment("normal", "logistics")))).toEqual(usual);

    const doors = complaintsOf([legal]);
    const lex: Actor = { kind: "staff", id: "lex", roles: ["counsel"] };
    const policies = choosing({ "slots.legal.caseRef": ["AB-1", "AB-2"] });
    const held = story({ policies, doors, input: { severity: "critical" } });
    expect(within(held.does(lex, "legal.place_hold", { caseRef: "AB-1" }))).toEqual(short);
    expect(within(held.does(lex, "legal.release"))).toEqual(usual);
  });

  it("cases 41 and 45: that become shorter keep what has been used up, and breach when they came to hold, for good", () => {
    const told = story({ policies: choosing({ severity: "critical" }) })
      .does(ann, "acknowledge")
      .at(6)
      .does(ann, "assess", assessment("critical"))
      .at(7)
      .swept();
    expect(told.said().at(-1)).toEqual(["breached", 6]);
    for (const one of [told.clock("resolution"), told.retold().find((c) => c.clock === "resolution")!])
      expect(one).toMatchObject({ verdict: "late", due: at(4), breachedAt: at(6), elapsed: 7 * hour, late: 3 * hour });
    told.does(ann, "reassess", assessment("low")).at(8);
    expect(told.clock("resolution")).toMatchObject({ verdict: "late", due: at(4), breachedAt: at(6) });
  });

  it("case 43: do not judge anew what was done under others", () => {
    const rows = [
      { clock: "acknowledge", when: { severity: "critical" }, ...hours(4) },
      { clock: "acknowledge", ...hours(40) },
    ];
    const told = story({ policies: [promising(rows)] })
      .at(20)
      .does(ann, "acknowledge")
      .at(21)
      .does(ann, "assess", assessment("critical"))
      .at(22)
      .swept();
    for (const one of [told.clock("acknowledge"), told.retold()[0]!])
      expect(one).toMatchObject({ verdict: "on time", due: at(40), stoppedAt: at(20) });
  });

  it("case 43: that nobody set cancel the clock with a reason, until somebody does", () => {
    const policies = [
      promising([{ clock: "resolution", when: { severity: "critical" }, ...hours(10) }]),
      promising([], {}, 2, at(30)),
      promising([{ clock: "resolution", ...hours(100) }], {}, 3, at(50)),
    ];
    const told = story({ policies }).does(ann, "acknowledge").at(1);
    expect(told.clock("resolution")).toMatchObject({
      state: "cancelled",
      reason: "NO_TARGET",
      due: null,
      target: null,
    });
    told.does(ann, "assess", assessment("critical")).at(2);
    expect(told.clock("resolution")).toMatchObject({ state: "running", startedAt: at(0), due: at(10), reason: null });
    told.at(40);
    expect(told.clock("resolution")).toMatchObject({ state: "cancelled", verdict: "late", breachedAt: at(10) });
    told.at(60);
    expect(told.clock("resolution")).toMatchObject({
      state: "running",
      verdict: "late",
      due: at(10),
      elapsed: 60 * hour,
    });
    expect(told.retold().map(({ earlier: _, ...rest }) => rest)).toEqual(
      told.clocks().map(({ earlier: _, ...rest }) => rest),
    );
  });
});

describe("versions", () => {
  const row = (n: number): readonly TargetRow[] => [{ clock: "resolution", ...hours(n) }];
  const due = (told: Story) => told.clock("resolution").due;

  it("hold from their date on for what is open, unless a clock keeps those it began under", () => {
    for (const [targetVersion, expected] of [
      [undefined, 20],
      ["followed", 20],
      ["pinned", 40],
    ] as const) {
      const told = story({
        policies: [promising(row(40), { targetVersion }), promising(row(20), { targetVersion }, 2, at(10))],
      });
      expect(due(told.at(9))).toBe(at(40));
      expect(due(told.at(11))).toBe(at(expected));
      expect(told.clock("resolution").policy).toMatchObject({ version: expected === 20 ? 2 : 1 });
    }
  });

  it("case 44: of a calendar are followed or kept in the same way", () => {
    const levels = (calendarVersion: "pinned" | "followed") =>
      promising([{ clock: "resolution", within: { working: { hours: 12 } } }], { calendar: "hq", calendarVersion });
    const closed = hq(2, at(4), { holidays: ["2026-03-03"] });
    const told = (how: "pinned" | "followed") => story({ policies: [hq(), closed, levels(how)] }).at(5);
    // Five hours on Monday; seven on Tuesday, or on Wednesday where Tuesday turns out to be a holiday.
    expect(told("pinned").clock("resolution")).toMatchObject({ due: at(28), calendar: { id: "hq", version: 1 } });
    expect(told("followed").clock("resolution")).toMatchObject({ due: at(52), calendar: { id: "hq", version: 2 } });
  });

  it("case 42: that make something late make it so when they come in force", () => {
    const strict = [{ ...row(4)[0]!, levels: [{ id: "half", at: { percent: 50 } }, overdue] }];
    const told = story({ policies: [promising(row(400)), promising(strict, {}, 2, at(30))] })
      .at(50)
      .swept();
    expect(told.said().slice(1)).toEqual([
      ["breached", 30],
      ["warned", 30],
      ["escalated", 30],
    ]);
    const expected = { breachedAt: at(30), due: at(4), levels: ["half", "overdue"].map((id) => ({ id, at: at(30) })) };
    expect(told.clock("resolution")).toMatchObject(expected);
    expect(told.retold().find((c) => c.clock === "resolution")).toMatchObject(expected);
  });

  it("case 45: do not judge anew what has been stopped, nor undo what was late", () => {
    const policies = [promising(row(40)), promising(row(400), {}, 2, at(50)), promising(row(1), {}, 3, at(60))];
    const late = story({ policies }).at(55);
    expect(late.clock("resolution")).toMatchObject({ verdict: "late", due: at(40), breachedAt: at(40) });
    const kept = story({ policies }).at(30).does(carl, "withdraw").at(70);
    expect(kept.clock("resolution")).toMatchObject({ verdict: "on time", due: at(40), policy: { version: 1 } });
  });
});

describe("the customer called yesterday", () => {
  const rows = ["first_response", "next_response", "update"].map((clock) => ({
    clock,
    ...hours(4),
    levels: [overdue],
  }));
  const policies = [promising(rows)];
  const alike = (told: Story, clock: string) => {
    const { earlier: _, revised: __, ...log } = told.retold().find((c) => c.clock === clock)!;
    const { earlier: ___, revised: ____, ...record } = told.clock(clock);
    expect(record).toEqual(log);
  };

  it("case 36: and was answered in time after all: the verdict changes, and that is said", () => {
    const told = story({ policies }).at(10).does(ann, "contact", outbound, 2);
    expect(told.said().slice(-2)).toEqual([
      ["contacted", 2],
      ["revised", 10],
    ]);
    expect(told.events.at(-1)!.data).toEqual({ clock: "first_response", from: "late", to: "on time" });
    expect(told.clock("first_response")).toMatchObject({ verdict: "on time", stoppedAt: at(2), late: 0, levels: [] });
    alike(told, "first_response");
    expect(told.retold().find((c) => c.clock === "first_response")!.revised).toEqual({ from: "late", at: at(10) });
    // It had been taken up, and stays there.
    expect(told.record.level).toBeGreaterThan(1);
  });

  it("and an answer that turns out to be too late says so, too", () => {
    const told = story({
      by: robot,
      policies: [promising([{ clock: "first_response", ...hours(4), starts: "customer waiting" }])],
    })
      .at(6)
      .does(carl, "contact", inbound)
      .at(8)
      .does(ann, "contact", outbound);
    expect(told.clock("first_response").verdict).toBe("on time");
    told.at(9).does(ann, "contact", inbound, 1);
    expect(told.events.at(-1)!.data).toEqual({ clock: "first_response", from: "on time", to: "late" });
    expect(told.clock("first_response")).toMatchObject({
      verdict: "late",
      startedAt: at(1),
      due: at(5),
      stoppedAt: at(8),
    });
    alike(told, "first_response");
  });

  it("which answers nothing that was asked later", () => {
    const told = story({ policies })
      .at(1)
      .does(carl, "contact", inbound)
      .at(2)
      .does(ann, "contact", outbound)
      .at(10)
      .does(carl, "contact", inbound)
      .at(11)
      .does(ann, "contact", outbound, 1.5);
    expect(told.clock("next_response")).toMatchObject({ state: "running", startedAt: at(10) });
    alike(told, "next_response");
  });

  it("nor before there was a complaint; but who wrote before has waited since", () => {
    const early = story({ policies }).at(1).does(ann, "contact", outbound, -5);
    expect(early.clock("first_response").state).toBe("running");
    expect(early.clock("update").startedAt).toBe(at(0));
    alike(early, "update");
    const wrote = story({ policies }).at(1).does(ann, "contact", inbound, -2);
    expect(wrote.clock("first_response")).toMatchObject({ startedAt: at(-2), due: at(2) });
    alike(wrote, "first_response");
  });

  it("and has heard of us since", () => {
    const told = story({ policies }).at(3).does(ann, "contact", outbound).at(4).does(ann, "contact", outbound, 1);
    expect(told.clock("update").startedAt).toBe(at(3));
    alike(told, "update");
  });

  it("which does not excuse what was late under a harder target", () => {
    const harder = promising([
      { clock: "first_response", when: { severity: "critical" }, ...hours(4) },
      { clock: "first_response", ...hours(400) },
    ]);
    const told = story({ policies: [harder], input: { severity: "critical" }, by: robot })
      .does(robot, "acknowledge")
      .at(5)
      .does(ann, "assess", assessment("low"))
      .at(6)
      .does(ann, "contact", inbound, 1);
    expect(told.said().map(([type]) => type)).not.toContain("revised");
    expect(told.clock("first_response")).toMatchObject({ verdict: "late", breachedAt: at(4) });
  });
});

describe("what cannot be answered is refused", () => {
  const working = promising([{ clock: "resolution", within: { working: { hours: 8 } } }], { calendar: "hq" });

  it("without the calendar that the targets name", () => {
    const told = story({ policies: [working] }).at(1);
    const doors = complaintsOf([]);
    const missing = { code: "NO_POLICY", subject: "calendar hq" };
    expect(told.refusal("acknowledge")).toEqual(missing);
    expect(refused(doors.sweep(told.record, told.context()))).toEqual(missing);
    expect(refused(doors.clocks(told.record, told.context()))).toEqual(missing);
    expect(refused(clockHistory(doors, told.events, told.context()))).toEqual(missing);
    expect(refused(replay(doors, told.events, working, context(at(1))))).toEqual(missing);
    expect(doors.wakeAt(told.record, told.context().book)).toBeNull();
  });

  it("beyond the years that calendars are known for", () => {
    const doors = complaintsOf([]);
    const late = "2199-12-31T12:00:00.000Z";
    const now = context(late, ann, [hq(), working]);
    const { next } = unwrap(doors.open({ id: "c", input: { customerId: "c-7", summary: "x" } }, now));
    expect(refused(doors.clocks(next, now)).code).toBe("BEYOND_HORIZON");
    expect(refused(doors.decide(next, { type: "acknowledge" }, now)).code).toBe("BEYOND_HORIZON");
    expect(doors.wakeAt(next, now.book)).toBeNull();
  });

  it("for what is no record, no context and no stream of a complaint", () => {
    const doors = complaintsOf([]);
    const told = story();
    expect(refused(doors.clocks({} as never, told.context())).code).toBe("INVALID_RECORD");
    expect(refused(doors.clocks(told.record, {} as never)).code).toBe("INVALID_CONTEXT");
    expect(refused(clockHistory(doors, told.events, {} as never)).code).toBe("INVALID_CONTEXT");
    expect(refused(clockHistory({}, told.events, told.context())).code).toBe("UNKNOWN_KIND");
    expect(refused(clockHistory(null as never, told.events, told.context())).code).toBe("UNKNOWN_KIND");
    expect(refused(clockHistory(doors, [told.events[0]!, told.events[0]!], told.context())).code).toBe("OUT_OF_ORDER");
    expect(unwrap(clockHistory(doors, [], told.context()))).toEqual([]);
  });
});

describe("what is owed to a customer who waits", () => {
  const rows = ["first_response", "next_response", "update", "resolution"].map((clock) => ({ clock, ...hours(10) }));
  const policies = [promising(rows)];

  it("case 25: a first response is a word of a person: no note, no receipt of a machine, no change of state", () => {
    const told = story({ policies });
    const steps: readonly (readonly [Actor, string, object])[] = [
      [robot, "acknowledge", { channel: "email" }],
      [robot, "contact", outbound],
      [ann, "note", { text: "I shall call" }],
      [ann, "assess", assessment("normal")],
      [ann, "assign", { ownerId: "ann" }],
      [ann, "transfer", { department: "workshop", reason: "theirs" }],
      [ann, "dispatch", { to: "workshop" }],
      [ann, "visit", { text: "seen" }],
      [ann, "find", { cause: "seal" }],
      [ann, "investigate", {}],
      [ann, "wait_for_third_party", { party: "the carrier", question: "?" }],
      [ann, "resume", {}],
      [carl, "contact", inbound],
    ];
    for (const [actor, type, given] of steps) {
      told.does(actor, type, given);
      expect([type, told.clock("first_response").state]).toEqual([
        type,
        type === "wait_for_third_party" ? "paused" : "running",
      ]);
    }
    expect(brief(told.at(3).does(ann, "contact", outbound).clock("first_response"))).toBe("0-3");
  });

  it.each([
    ["promise", { for: at(50), channel: "phone", text: "By then" }],
    ["answer", { channel: "letter", text: "This is all" }],
    ["contact", outbound],
  ])("cases 25 and 53: a %s is a word, and leaves the resolution running", (type, given) => {
    const told = story({ policies }).at(1).does(carl, "contact", inbound).at(2).does(ann, type, given);
    expect(["first_response", "next_response", "resolution", "update"].map((id) => brief(told.clock(id)))).toEqual([
      "0-2",
      "1-2",
      "0",
      "2",
    ]);
  });

  it("case 27: an answer outside the hours is in time, and only working time counts", () => {
    const working = promising([{ clock: "first_response", within: { working: { hours: 8 } } }], { calendar: "hq" });
    // Monday 12:00; the house works until 17:00, so that it is due on Tuesday at 12:00.
    const told = story({ policies: [hq(), working] })
      .at(15)
      .does(ann, "contact", outbound);
    expect(told.clock("first_response")).toMatchObject({
      due: at(24),
      stoppedAt: at(15),
      elapsed: 5 * hour,
      verdict: "on time",
    });
  });

  it("case 28: the next response counts from the first message that nobody answered", () => {
    const told = story({ policies }).at(1).does(carl, "contact", inbound).at(4).does(carl, "contact", inbound);
    expect(told.at(5).clock("next_response")).toMatchObject({ startedAt: at(1), due: at(11) });
    told.at(6).does(ann, "contact", outbound).at(7).does(ann, "contact", outbound);
    expect(brief(told.clock("next_response"))).toBe("1-6");
    told.at(8).does(carl, "contact", inbound);
    expect(told.clock("next_response")).toMatchObject({ startedAt: at(8), due: at(18) });
  });

  it("cases 28 and 30: an update is owed from our last word on, an answer from the customer's", () => {
    const told = story({ policies }).at(1).does(ann, "contact", outbound).at(2).does(carl, "contact", inbound);
    expect([brief(told.clock("update")), brief(told.clock("next_response"))]).toEqual(["1", "2"]);
    told.at(5).does(robot, "contact", outbound).at(6).does(carl, "contact", inbound);
    expect([brief(told.clock("update")), brief(told.clock("next_response"))]).toEqual(["5", "2"]);
  });

  it("case 36: is the same in whatever order it was told later", () => {
    const facts = [
      [inbound, 1],
      [outbound, 3],
      [inbound, 4],
      [outbound, 6],
    ] as const;
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
      [2, 0, 3, 1],
    ] as const;
    const told = orders.map((order) => {
      const one = story({ policies, by: robot }).at(9);
      for (const i of order) one.does(ann, "contact", facts[i]![0], facts[i]![1]);
      return one.retold().filter((c) => c.clock === "first_response" || c.clock === "update");
    });
    for (const one of told)
      expect(one.map(({ revised: _, ...rest }) => rest)).toEqual(told[0]!.map(({ revised: _, ...rest }) => rest));
    expect(told[0]!.map(brief)).toEqual(["0-3", "6"]);
  });

  it("case 44: a calendar that is edited changes nothing that has been stopped", () => {
    const levels = promising([{ clock: "resolution", within: { working: { hours: 12 } } }], {
      calendar: "hq",
      calendarVersion: "followed",
    });
    const closed = hq(2, at(5), { holidays: ["2026-03-03"] });
    const policies = [hq(), closed, levels];
    const stopped = story({ policies }).at(3).does(carl, "withdraw");
    const before = stopped.at(4).clock("resolution");
    expect(before).toMatchObject({ state: "stopped", due: at(28), elapsed: 3 * hour, verdict: "on time" });
    expect(stopped.at(40).clock("resolution")).toEqual(before);
    // What is open follows it.
    expect(story({ policies }).at(4).clock("resolution").due).toBe(at(28));
    expect(story({ policies }).at(6).clock("resolution").due).toBe(at(52));
  });
});

describe("a clock of a plugin", () => {
  const chased = complaint.event("ola.chased", { v: 1, data: z.object({ by: z.string(), level: z.string() }) });
  const supplier = complaint.clock("ola.supplier", {
    repeats: true,
    hears: [
      hears(complaintEvents.waited, ({ on }) => (on === "the carrier" ? "created" : undefined)),
      hears(complaintEvents.resumed, "stop"),
    ],
    target: { ...hours(10), pausable: false, levels: [overdue] },
    emits: [chased],
    escalate: ({ clock, level }) => chased({ by: clock, level: level.id }),
  });
  const ola = definePlugin({ id: "ola", tokens: [chased, supplier] });
  const doors = complaintsOf([ola]);
  const asked = (party: string) =>
    story({ doors }).at(1).does(ann, "wait_for_third_party", { party, question: "Where is it?" });

  it("holds a supplier to what was agreed, while the house's own clocks stand still", () => {
    const told = asked("the carrier").at(20).swept();
    expect(told.clock("ola.supplier")).toMatchObject({ state: "running", verdict: "late", due: at(11) });
    expect(told.clock("resolution").state).toBe("paused");
    expect(told.said().slice(-2)).toEqual([
      ["breached", 11],
      ["ola.chased", 11],
    ]);
    expect(told.events.at(-1)!.data).toEqual({ by: "ola.supplier", level: "overdue" });
    expect(told.record.level).toBe(1);
    expect(brief(told.does(ann, "resume").clock("ola.supplier"))).toBe("1-20");
    expect(brief(asked("the court").clock("ola.supplier"))).toBe("waiting");
  });

  it("is held to service levels by the house, too", () => {
    const policies = [promising([{ clock: "ola.supplier", ...hours(2), pausable: false }])];
    const told = story({ doors, policies }).does(ann, "wait_for_third_party", { party: "the carrier", question: "?" });
    expect(told.at(1).clock("ola.supplier")).toMatchObject({ due: at(2), policy: { id: "house", version: 1 } });
  });

  it("leaves a log that can be told without the plugin", () => {
    const told = asked("the carrier").at(20).swept();
    expect(fold(complaintsOf([]), stored(told.events))).toEqual(told.record);
    expect(unwrap(complaintsOf([]).clocks(told.record, told.context())).map((c) => c.clock)).not.toContain(
      "ola.supplier",
    );
  });

  it("that fails is to blame by name, wherever it fails", () => {
    const failing = (clock: ReturnType<typeof complaint.clock>) =>
      complaintsOf([definePlugin({ id: "ola", tokens: [chased, clock] })]);
    const opening = { id: "1", input: { customerId: "c-7", summary: "x" } };
    for (const [answer, detail] of [
      [
        () => {
          throw new Error("no carrier");
        },
        "no carrier",
      ],
      [() => "begin", 'what it hears in "complaint.opened" is no mark: "begin"'],
      [() => null, 'what it hears in "complaint.opened" is no mark: null'],
      [async () => "stop", /is no mark/],
    ] as const) {
      const broken = failing(complaint.clock("ola.broken", { hears: [hears(complaint.opened, answer as never)] }));
      expect(refused(broken.open(opening, context()))).toEqual({
        code: "PLUGIN_FAULT",
        token: "ola.broken",
        detail: expect.stringMatching(detail),
      });
    }
    const target = { ...hours(1), levels: [overdue] };
    const escalating = (escalate: unknown) =>
      failing(
        complaint.clock("ola.broken", {
          hears: [hears(complaint.opened, "created")],
          target,
          emits: [chased],
          escalate: escalate as never,
        }),
      );
    for (const escalate of [
      () => {
        throw new Error("nobody there");
      },
      () => complaintEvents.escalated({ from: 1, to: 2, reason: null }),
      () => chased({ by: 5 } as never),
      () => undefined,
    ]) {
      const broken = escalating(escalate);
      const { next } = unwrap(broken.open(opening, context()));
      expect(refused(broken.sweep(next, context(at(2))))).toMatchObject({ code: "PLUGIN_FAULT", token: "ola.broken" });
    }
  });
});

describe("what if", () => {
  const strict = promising([{ clock: "acknowledge", ...hours(1) }], {}, 7);
  const told = () => story().at(3).does(ann, "acknowledge").at(5);

  it("the house had promised more", () => {
    const differing = unwrap(replay(complaintsOf([]), told().events, strict, context(at(5))));
    expect(differing.map((d) => [d.clock, d.before.verdict, d.after.verdict, d.after.due])).toEqual([
      ["acknowledge", "on time", "late", at(1)],
      // It promises nothing else, so that what holds without any policy does not hold either.
      ["resolution", null, null, null],
    ]);
    expect(differing[0]!.after).toMatchObject({ breachedAt: at(1), late: 2 * hour, policy: { version: 7 } });
  });

  it("a holiday had been known", () => {
    const levels = promising([{ clock: "resolution", within: { workingDays: 1 } }], { calendar: "hq" });
    const policies = [hq(), levels];
    const { events } = story({ policies }).at(1);
    const closed = hq(2, at(0), { holidays: ["2026-03-03"] });
    const differing = unwrap(replay(complaintsOf([]), events, closed, context(at(1), ann, policies)));
    expect(differing.map((d) => [d.clock, d.before.due, d.after.due])).toEqual([["resolution", at(24), at(48)]]);
    expect(unwrap(replay(complaintsOf([]), events, levels, context(at(1), ann, policies)))).toEqual([]);
    const other = workingHours.version({
      id: "bank",
      version: 1,
      from: noon,
      body: { zone: "UTC", week: { mon: office } },
    });
    expect(unwrap(replay(complaintsOf([]), events, other, context(at(1), ann, policies)))).toEqual([]);
  });
});
