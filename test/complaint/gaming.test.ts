import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bulkHandovers, type GamingOptions, gamingIn } from "../../src/complaint/index.js";
import type { Actor } from "../../src/kernel/context.js";
import { toMs } from "../../src/kernel/instant.js";
import { unwrap } from "../../src/kernel/result.js";
import { clockHistory } from "../../src/lifecycle/retell.js";
import { serviceLevels } from "../../src/sla/index.js";
import { ann, carl, context, max, noon, robot } from "../given.js";
import {
  assessment,
  at,
  day,
  doors,
  hour,
  inbound,
  lived,
  outbound,
  proposal,
  settled,
  steps,
  type Tale,
  tale,
} from "./cases.js";

const question = { question: "Which?" };
const found = (told: Tale, options?: GamingOptions) => gamingIn(told.timeline, options);
const of = (code: string, told: Tale, options?: GamingOptions) =>
  found(told, options).filter((one) => one.code === code);
const answered = () => tale().does(ann, "contact", outbound).at(1).does(ann, "acknowledge", { channel: "email" });

describe("a pause while the customer waits", () => {
  const paused = (told: Tale, options?: GamingOptions) => of("PAUSED_WHILE_CUSTOMER_WAITS", told, options);

  it("is one that began while a message was unanswered, until somebody answers", () => {
    const told = answered()
      .at(2)
      .does(carl, "contact", inbound)
      .at(3)
      .does(ann, "wait_for_customer", question)
      .at(7)
      .does(ann, "contact", outbound)
      .at(9)
      .does(ann, "resume");
    expect(found(told)).toEqual([
      {
        code: "PAUSED_WHILE_CUSTOMER_WAITS",
        at: at(3),
        until: at(7),
        overlap: 4 * hour,
        // The message, the pause and the answer.
        events: [4, 5, 6],
      },
    ]);
  });

  it("is one in which a message came, until it ends", () => {
    const told = answered()
      .at(2)
      .does(ann, "wait_for_customer", question)
      .at(5)
      .does(carl, "contact", inbound)
      .at(6)
      .does(carl, "contact", inbound)
      .at(8)
      .does(ann, "resume");
    expect(paused(told)).toMatchObject([{ at: at(5), until: at(8), overlap: 3 * hour, events: [4, 5, 7] }]);
    expect(paused(told, { overlapMinutes: 179 })).toHaveLength(1);
    expect(paused(told, { overlapMinutes: 180 })).toEqual([]);
  });

  it("goes on as far as is known", () => {
    const told = answered().does(carl, "contact", inbound).at(2).does(ann, "wait_for_customer", question);
    expect(paused(told)).toEqual([]);
    told.at(6).does(ann, "note", { text: "Nothing yet" });
    expect(paused(told)).toMatchObject([{ at: at(2), until: null, overlap: 4 * hour, events: [4, 5] }]);
  });

  it("is none where the message had been answered, or the answer ended the pause", () => {
    const before = answered().does(carl, "contact", inbound).at(2).does(ann, "contact", outbound).at(3);
    expect(paused(before.does(ann, "wait_for_customer", question).at(9).does(ann, "resume"))).toEqual([]);
    const replied = answered().does(ann, "wait_for_customer", question).at(5);
    expect(paused(replied.does(carl, "reply", { channel: "email", text: "The blue one" }).at(9).swept())).toEqual([]);
  });

  it("is answered by a person of the house, not by a machine", () => {
    const told = answered()
      .does(carl, "contact", inbound)
      .does(robot, "contact", outbound)
      .at(2)
      .does(ann, "wait_for_customer", question)
      .at(4)
      .does(ann, "resume");
    expect(paused(told)).toHaveLength(1);
  });

  it("counts a message from when it came, though it was told later", () => {
    const told = answered()
      .at(2)
      .does(ann, "wait_for_customer", question)
      .at(8)
      .does(ann, "contact", inbound, 3)
      .does(ann, "resume");
    expect(paused(told)).toMatchObject([{ at: at(3), until: at(8), overlap: 5 * hour }]);
  });

  it("ends with an answer that was given before the message was told of", () => {
    const told = answered()
      .at(2)
      .does(ann, "wait_for_customer", question)
      .at(5)
      .does(ann, "contact", outbound)
      .at(8)
      .does(ann, "contact", inbound, 3)
      .does(ann, "resume");
    expect(paused(told)).toMatchObject([{ at: at(3), until: at(5), overlap: 2 * hour, events: [4, 5, 6] }]);
  });

  it("is none once everything is carried out", () => {
    const told = settled().does(ann, "contact", outbound).at(6).does(carl, "dispute", { reason: "No" });
    told
      .does(carl, "contact", inbound)
      .does(ann, "propose", proposal)
      .does(carl, "contact", inbound)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid" })
      .at(7)
      .does(ann, "wait_for_customer", question)
      .at(9)
      .does(ann, "resume");
    expect(paused(told)).toEqual([]);
  });

  it("is a wait for the customer, unless other states are asked about", () => {
    const told = answered()
      .does(carl, "contact", inbound)
      .does(ann, "wait_for_third_party", { party: "carrier", question: "Where?" })
      .at(5)
      .does(ann, "resume");
    expect(paused(told)).toEqual([]);
    expect(paused(told, { pauses: ["waiting_for_third_party"] })).toHaveLength(1);
  });

  it("overlaps for as long as somebody would count who looks every hour", () => {
    const talk = fc.array(
      fc.tuple(fc.constantFrom("in", "in", "out", "machine", "wait", "resume", "reply"), fc.constantFrom(0, 1, 2, 100)),
      { maxLength: 12, size: "max" },
    );
    const acts: Readonly<Record<string, readonly [Actor, string, object?]>> = {
      in: [carl, "contact", inbound],
      out: [ann, "contact", outbound],
      machine: [robot, "contact", outbound],
      wait: [ann, "wait_for_customer", question],
      resume: [ann, "resume"],
      reply: [carl, "reply", { channel: "email", text: "The blue one" }],
    };
    const talked = talk.map((list) => {
      const told = tale();
      let now = 0;
      for (const [act, wait] of list) {
        now += wait;
        told.at(now).tries(...acts[act]!);
      }
      return told.swept(now);
    });
    const lives = fc.oneof(
      talked,
      talked,
      steps(30).map((list) => lived({}, list)),
    );
    let overlaps = 0;
    fc.assert(
      fc.property(lives, (told) => {
        const events = told.timeline.map(({ type, at, data, actor, moved }, i) => ({
          type,
          i,
          data: data as { direction?: string },
          actor,
          moved,
          hour: (toMs(at) - toMs(noon)) / hour,
        }));
        const last = Math.max(...events.map((e) => e.hour));
        const inTime = [...events].sort((a, b) => a.hour - b.hour || a.i - b.i);
        let overlap = 0;
        for (let h = 0; h < last; h++) {
          let waits = false;
          for (const e of inTime.filter((one) => one.hour <= h)) {
            if (e.type === "complaint.contacted" && e.data.direction === "in") waits = true;
            const words = ["proposed", "promised", "answered", "resolved"].map((type) => `complaint.${type}`);
            if (words.includes(e.type)) waits = false;
            if (e.type === "complaint.contacted" && e.data.direction === "out" && e.actor.kind === "staff")
              waits = false;
          }
          const state = events.filter((e) => e.hour <= h && e.moved !== undefined).at(-1)!.moved!.to;
          if (waits && state === "waiting_for_customer") overlap += hour;
        }
        overlaps += overlap;
        const sum = paused(told).reduce((ms, one) => ms + ("overlap" in one ? one.overlap : Number.NaN), 0);
        expect(sum).toBe(overlap);
      }),
      { numRuns: 150 },
    );
    expect(overlaps).toBeGreaterThan(100 * hour);
  });
});

describe("a first response without words", () => {
  const silent = (told: Tale) => of("RESPONSE_WITHOUT_WORDS", told);

  it("is an acknowledgement of which nobody says how the customer got it", () => {
    const told = tale().at(1).does(ann, "acknowledge", {});
    expect(silent(told)).toEqual([{ code: "RESPONSE_WITHOUT_WORDS", at: at(1), events: [2], clock: "first_response" }]);
    expect(silent(tale().at(1).does(ann, "acknowledge", { channel: "email" }))).toEqual([]);
  });

  it("is a rejection before anybody has said a word, and no withdrawal", () => {
    expect(silent(tale().at(1).does(max, "reject", { reason: "Not ours" }))).toMatchObject([
      { at: at(1), events: [2] },
    ]);
    expect(silent(tale().does(ann, "contact", outbound).at(1).does(max, "reject", { reason: "Not ours" }))).toEqual([]);
    expect(silent(tale().at(1).does(carl, "withdraw"))).toEqual([]);
    expect(silent(tale().at(1).does(ann, "withdraw", { words: "Never mind" }))).toEqual([]);
  });

  it("is none where words went with it, or turn out to have gone before", () => {
    expect(silent(tale().at(1).does(ann, "acknowledge", {}).does(ann, "contact", outbound))).toEqual([]);
    expect(silent(tale().at(2).does(ann, "acknowledge", {}).at(3).does(ann, "contact", outbound, 1))).toEqual([]);
    expect(silent(tale().at(2).does(ann, "acknowledge", {}).at(3).does(ann, "contact", outbound))).toHaveLength(1);
    expect(silent(tale().does(robot, "contact", outbound).at(2).does(ann, "acknowledge", {}))).toHaveLength(1);
  });

  it("is not undone by what the customer said", () => {
    expect(silent(tale().does(ann, "contact", inbound).at(1).does(ann, "acknowledge", {}))).toHaveLength(1);
  });

  it("is not what a customer did, whatever a plugin calls it", () => {
    const { timeline } = tale().at(1).does(max, "reject", { reason: "Not ours" });
    const by = (actor: Actor) =>
      gamingIn(timeline.map((e, i) => (i === 1 ? { ...e, type: "acme.settled", actor } : e)));
    expect(by(max)).toHaveLength(1);
    expect(by(carl)).toEqual([]);
  });

  it("is none where nothing has stopped the clock yet, as what a machine does will not", () => {
    expect(found(tale())).toEqual([]);
    expect(found(tale().does(robot, "acknowledge", {}))).toEqual([]);
  });

  it("takes erased words for words", () => {
    const { timeline } = tale().at(1).does(ann, "contact", outbound);
    const erased = timeline.map((event) =>
      event.type === "complaint.contacted"
        ? { ...event, data: { ...(event.data as object), text: { erased: true } } }
        : event,
    );
    expect(gamingIn(erased)).toEqual([]);
  });
});

describe("closing and reopening", () => {
  const closed = () => settled({}).does(ann, "contact", outbound).at(6).does(ann, "confirm", { words: "Fine" });
  const soon = (told: Tale, options?: GamingOptions) => of("CLOSED_AND_REOPENED", told, options);

  it("is one thing within the hour", () => {
    const told = closed().at(6.5).does(carl, "reopen", { reason: "Not fine" });
    expect(soon(told)).toEqual([{ code: "CLOSED_AND_REOPENED", at: at(6), events: [8, 9], after: hour / 2 }]);
    expect(soon(told, { reopenMinutes: 29 })).toEqual([]);
    expect(soon(told, { reopenMinutes: 30 })).toHaveLength(1);
    expect(soon(closed().at(7).does(carl, "reopen", { reason: "Not fine" }))).toHaveLength(1);
    expect(soon(closed().at(7.001).does(carl, "reopen", { reason: "Not fine" }))).toEqual([]);
  });

  it("is nobody's trick where the customer or time closed it", () => {
    const own = settled().at(6).does(carl, "confirm").does(carl, "reopen", { reason: "Oh" });
    expect(soon(own)).toEqual([]);
    const silence = settled()
      .swept(5 + 24 * 30)
      .does(carl, "reopen", { reason: "Oh" });
    expect(silence.timeline.at(-1)?.type).toBe("complaint.reopened");
    expect(soon(silence)).toEqual([]);
    const gone = tale().does(ann, "withdraw", { words: "Never mind" }).does(carl, "reopen", { reason: "Oh" });
    expect(soon(gone)).toEqual([]);
    // A rejection that the customer appeals against is none either.
    const appealed = tale().does(max, "reject", { reason: "Not ours" }).does(carl, "appeal", { reason: "It is" });
    expect(soon(appealed)).toEqual([]);
  });
});

describe("severity or priority lowered before it was due", () => {
  const less = { ...assessment, severity: "low" };
  const lowered = (told: Tale, options?: GamingOptions) => of("LOWERED_BEFORE_DUE", told, options);
  const begun = () => tale().at(1).does(ann, "acknowledge", { channel: "email" }).does(ann, "assess", assessment);
  // The house's own promise: 28 days, with a warning after 80 % of them, at 537.6 hours.
  const near = 537.6;

  it("is told by the warning that came after it", () => {
    const told = begun().at(530).does(ann, "reassess", less).swept(540);
    const events = [
      told.timeline.findIndex((e) => e.type === "complaint.assessed" && e.at === at(530)),
      told.timeline.findIndex((e) => e.type === "complaint.warned"),
    ];
    expect(lowered(told)).toEqual([
      {
        code: "LOWERED_BEFORE_DUE",
        at: at(530),
        events: events.map((i) => i + 1),
        what: "severity",
        from: "high",
        to: "low",
        due: at(near),
      },
    ]);
    expect(lowered(told, { dueHours: 7.6 })).toHaveLength(1);
    expect(lowered(told, { dueHours: 7.5 })).toEqual([]);
    expect(lowered(begun().at(500).does(ann, "reassess", less).swept(540))).toEqual([]);
  });

  it("is told by the due time that had been warned of, though it was then kept", () => {
    const told = begun()
      .at(660)
      .does(ann, "reassess", less)
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid" });
    expect(told.timeline.some((e) => e.type === "complaint.breached")).toBe(false);
    const warned = told.timeline.findIndex((e) => e.type === "complaint.warned") + 1;
    const version = told.timeline.findIndex((e) => e.type === "complaint.assessed" && e.at === at(660)) + 1;
    expect(lowered(told)).toMatchObject([{ at: at(660), due: at(672), what: "severity", events: [warned, version] }]);
  });

  it("is told by a warning for as long as the clock ran on", () => {
    const kept = (told: Tale) => lowered(told.at(660).does(ann, "reassess", less).at(661));
    // To be assigned does not stop it, to be resolved does; a pause puts it off.
    const owned = begun().at(600).does(ann, "assign", { ownerId: "ann" });
    expect(kept(owned).map(({ at: when }) => when)).toEqual([at(660)]);
    const resolved = begun()
      .at(600)
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid" });
    expect(kept(resolved)).toEqual([]);
    const paused = begun().at(600).does(ann, "wait_for_customer", question);
    expect(kept(paused)).toEqual([]);
    expect(paused.timeline.some((e) => e.type === "complaint.warned")).toBe(true);
  });

  it("is told by the nearest of several", () => {
    const told = begun().at(530).does(ann, "reassess", less).swept(680);
    const clocksAt: GamingOptions["clocksAt"] = (events, now) => unwrap(clockHistory(doors, events, context(now)));
    expect(lowered(told, { clocksAt, dueHours: 200 })).toMatchObject([{ due: at(near) }]);
  });

  it("is not what was raised, lowered after it was over, or assessed for the first time", () => {
    expect(
      lowered(
        begun()
          .at(530)
          .does(ann, "reassess", { ...assessment, severity: "critical" })
          .swept(540),
      ),
    ).toEqual([]);
    expect(lowered(begun().at(680).does(ann, "reassess", less).swept(700))).toEqual([]);
    expect(lowered(begun().at(530).does(ann, "reassess", assessment).swept(540))).toEqual([]);
    const first = (severity: "normal" | "high" | "critical") =>
      tale({ input: { severity } })
        .does(ann, "acknowledge", { channel: "email" })
        .at(530)
        .does(ann, "assess", less)
        .swept(540);
    expect(lowered(first("normal"))).toEqual([]);
    // Somebody had said that it was critical.
    expect(lowered(first("critical"))).toMatchObject([{ from: "critical", to: "low" }]);
    expect(lowered(first("high"))).toMatchObject([{ from: "high", to: "low" }]);
  });

  it("is a lower priority of the same severity too", () => {
    const told = begun().at(530);
    const { timeline } = told.does(ann, "reassess", assessment).swept(540);
    const worse = timeline.map((event, i) =>
      event.type === "complaint.assessed"
        ? { ...event, data: { ...(event.data as object), priority: i < 3 ? 1 : 4 } }
        : event,
    );
    expect(gamingIn(worse)).toMatchObject([{ code: "LOWERED_BEFORE_DUE", what: "priority", from: 1, to: 4 }]);
    // What is no severity and no priority was not lowered.
    const odd = timeline.map((event, i) =>
      event.type === "complaint.assessed" && i > 3 ? { ...event, data: { severity: "none", priority: "9" } } : event,
    );
    expect(gamingIn(odd)).toEqual([]);
  });

  it("that prevented the breach is told by how the clocks stood before it", () => {
    const rows = [
      { clock: "resolution", within: { elapsed: { hours: 24 } }, when: { severity: "high" } },
      { clock: "resolution", within: { elapsed: { hours: 240 } } },
    ];
    const policies = [
      serviceLevels.version({ id: "house", version: 1, from: at(-1), body: { targets: { complaint: rows } } }),
    ];
    const told = tale({ policies })
      .at(1)
      .does(ann, "acknowledge", { channel: "email" })
      .does(ann, "assess", assessment)
      .at(23)
      .does(ann, "reassess", less)
      .swept(200);
    expect(told.timeline.some((e) => e.type === "complaint.breached")).toBe(false);
    expect(found(told)).toEqual([]);
    const clocksAt: GamingOptions["clocksAt"] = (events, now) =>
      unwrap(clockHistory(doors, events, context(now, ann, policies)));
    expect(found(told, { clocksAt })).toEqual([
      { code: "LOWERED_BEFORE_DUE", at: at(23), events: [4], what: "severity", from: "high", to: "low", due: at(24) },
    ]);
    expect(found(told, { clocksAt, dueHours: 0.5 })).toEqual([]);
  });
});

describe("several findings", () => {
  it("come in the order of time, and then of their codes", () => {
    const told = tale()
      .at(1)
      .does(ann, "acknowledge", {})
      .at(2)
      .does(carl, "contact", inbound)
      .at(3)
      .does(ann, "wait_for_customer", question)
      .at(4)
      .does(ann, "resume");
    expect(found(told).map(({ code }) => code)).toEqual(["RESPONSE_WITHOUT_WORDS", "PAUSED_WHILE_CUSTOMER_WAITS"]);
    const rejected = tale().at(1).does(max, "reject", { reason: "No" }).does(carl, "reopen", { reason: "Yes" });
    expect(found(rejected).map(({ code }) => code)).toEqual(["CLOSED_AND_REOPENED", "RESPONSE_WITHOUT_WORDS"]);
  });
});

describe("handing over in bulk at due time", () => {
  // Nobody acknowledges: after 48 hours it is late.
  const left = (id: string, hours: number, more: { readonly by?: typeof ann; readonly until?: number } = {}) => {
    const { by = ann, until = 60 } = more;
    return tale({ id })
      .at(hours - 1)
      .does(by, "assign", { ownerId: by.id })
      .at(hours)
      .does(by, "hand_over", { to: "ben", reason: "Going home" })
      .swept(until).timeline;
  };

  it("is many complaints, by one person, within the hour", () => {
    const timelines = [left("a", 46), left("b", 46.25), left("c", 46.5)];
    expect(bulkHandovers(timelines, { cases: 3 })).toEqual([
      {
        code: "BULK_HANDOVER",
        at: at(46),
        until: at(46.5),
        by: "ann",
        // The handover, and the breach that followed.
        cases: ["a", "b", "c"].map((id) => ({ id, due: at(48), events: [3, 4] })),
      },
    ]);
    expect(bulkHandovers(timelines, { cases: 4 })).toEqual([]);
    expect(bulkHandovers(timelines)).toEqual([]);
    expect(bulkHandovers(timelines, { cases: 3, minutes: 29 })).toEqual([]);
    expect(bulkHandovers(timelines, { cases: 3, minutes: 30 })).toHaveLength(1);
    expect(bulkHandovers(timelines, { cases: 3, dueHours: 1.9 })).toEqual([]);
  });

  it("is not the work of several people, nor of long before", () => {
    expect(bulkHandovers([left("a", 46), left("b", 46), left("c", 46, { by: max })], { cases: 3 })).toEqual([]);
    expect(bulkHandovers([left("a", 20), left("b", 20), left("c", 20)], { cases: 3 })).toEqual([]);
  });

  it("counts complaints, not handovers", () => {
    const twice = tale({ id: "a" })
      .at(45)
      .does(ann, "assign", { ownerId: "ann" })
      .does(ann, "hand_over", { to: "ben", reason: "shift" })
      .at(46)
      .does(ann, "hand_over", { to: "eve", reason: "shift" })
      .swept(60).timeline;
    expect(bulkHandovers([twice, left("b", 46)], { cases: 3 })).toEqual([]);
    expect(bulkHandovers([twice, left("b", 46)], { cases: 2 })).toMatchObject([{ cases: [{}, {}, {}] }]);
  });

  it("still counts a complaint that was handed over again within the hour", () => {
    const twice = tale({ id: "a" })
      .at(30)
      .does(ann, "assign", { ownerId: "ann" })
      .does(ann, "hand_over", { to: "ben", reason: "shift" })
      .at(30.8)
      .does(ann, "hand_over", { to: "eve", reason: "shift" })
      .swept(60).timeline;
    expect(bulkHandovers([twice, left("b", 31.5)], { cases: 2 })).toMatchObject([{ at: at(30.8), until: at(31.5) }]);
  });

  it("is told in the order of time, then of who it was", () => {
    const two = (hours: number, by: typeof ann) =>
      [`${by.id}-${hours}-1`, `${by.id}-${hours}-2`].map((id) => left(id, hours, { by }));
    const list = [...two(40, max), ...two(40, ann), ...two(30, max), ...two(46, ann)];
    expect(bulkHandovers(list, { cases: 2 }).map(({ at: when, by }) => [when, by])).toEqual([
      [at(30), "max"],
      [at(40), "ann"],
      [at(40), "max"],
      [at(46), "ann"],
    ]);
    const chain = [left("x", 30), left("y", 31), left("z", 32)];
    expect(bulkHandovers(chain, { cases: 2 }).map(({ cases }) => cases.length)).toEqual([3]);
  });

  it("takes windows that overlap as one, and others apart, in whatever order the timelines come", () => {
    const hours = [30, 30.5, 31, 31.5, 40, 40.5, 46];
    const timelines = hours.map((hours, i) => left(`c-${i}`, hours));
    const expected = bulkHandovers(timelines, { cases: 2 });
    expect(expected.map(({ at, until, cases }) => [at, until, cases.length])).toEqual([
      [at(30), at(31.5), 4],
      [at(40), at(40.5), 2],
    ]);
    expect(bulkHandovers([...timelines].reverse(), { cases: 2 })).toEqual(expected);
  });

  it("finds what a plain search over all windows finds", () => {
    const list = fc.array(fc.tuple(fc.constantFrom(25, 26, 26.5, 27, 30, 31, 40, 47), fc.constantFrom(ann, max)), {
      maxLength: 9,
      size: "max",
    });
    fc.assert(
      fc.property(list, fc.integer({ min: 2, max: 4 }), (acts, cases) => {
        const timelines = acts.map(([hours, by], i) => left(`c-${i}`, hours, { by }));
        const inHeap = new Set(bulkHandovers(timelines, { cases }).flatMap((one) => one.cases.map(({ id }) => id)));
        acts.forEach(([hours, by], i) => {
          // In some window of an hour with enough of the same person's.
          const own = acts.filter((one) => one[1] === by).map(([h]) => h);
          const isIn = own.some(
            (from) =>
              from <= hours && hours <= from + 1 && own.filter((h) => from <= h && h <= from + 1).length >= cases,
          );
          expect(inHeap.has(`c-${i}`)).toBe(isIn);
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe("what nothing can be found in", () => {
  it("is refused with a code", () => {
    const { timeline } = answered();
    const refusing = (work: () => unknown) =>
      expect(work).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    for (const wrong of [
      null,
      undefined,
      [],
      {},
      "timeline",
      timeline.slice(1),
      [...timeline].reverse(),
      [...timeline, null],
    ])
      refusing(() => gamingIn(wrong as never));
    for (const options of [
      { overlapMinutes: -1 },
      { reopenMinutes: Number.NaN },
      { dueHours: "24" },
      { pauses: "waiting_for_customer" },
      { closed: [5] },
      { clocksAt: 5 },
    ])
      refusing(() => gamingIn(timeline, options as never));
    for (const wrong of [null, 5, [null], [timeline.slice(1)]]) refusing(() => bulkHandovers(wrong as never));
    for (const options of [{ cases: 1 }, { cases: 2.5 }, { minutes: -1 }, { dueHours: -1 }])
      refusing(() => bulkHandovers([timeline], options));
    const lowered = tale()
      .does(ann, "acknowledge", {})
      .does(ann, "assess", assessment)
      .at(1)
      .does(ann, "reassess", { ...assessment, severity: "low" });
    refusing(() => gamingIn(lowered.timeline, { clocksAt: () => [{}] as never }));
    refusing(() =>
      gamingIn(lowered.timeline, {
        clocksAt: () => {
          throw new Error("no");
        },
      }),
    );
  });

  it("takes a long timeline in time", () => {
    const [opening] = tale().timeline;
    const note = answered().timeline[1]!;
    const many = [
      opening!,
      ...Array.from({ length: 200_000 }, (_, i) => ({ ...note, version: i + 2, at: at(i % day === 0 ? 0 : 1) })),
    ];
    const begun = performance.now();
    expect(gamingIn(many)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
