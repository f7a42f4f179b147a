import { describe, expect, it } from "vitest";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import { unwrap } from "../../src/kernel/result.js";
import { deadlines } from "../../src/lifecycle/deadlines.js";
import { serviceLevels } from "../../src/sla/index.js";
import { ann, carl, context, earlier, eve, later, max, noon, refused, robot } from "../given.js";
import { day, doors, eur, story } from "./given.js";

const assessed = (scope: "general" | "major" = "general") =>
  story()
    .does(ann, "acknowledge", { channel: "email" })
    .does(ann, "assess", { nature: "product", scope, severity: "high" });
const proposal = { remedy: "refund", amount: eur(4900), message: "Your money back" };

describe("a general complaint", () => {
  it("is received with the customer's words and settled by the staff at the counter, to the customer's satisfaction", () => {
    const told = story({ wish: "A fridge that cools", channel: "phone", orderId: "o-5" })
      .does(ann, "acknowledge", { channel: "phone" })
      .does(ann, "assess", { nature: "product", scope: "general", severity: "high" })
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Refunded to the card" })
      .does(carl, "confirm");
    expect(told.types()).toEqual([
      "opened",
      "acknowledged",
      "assessed",
      "proposed",
      "accepted",
      "resolved",
      "confirmed",
    ]);
    expect(told.record).toMatchObject({
      state: "closed",
      summary: "The fridge does not cool",
      wish: "A fridge that cools",
      channel: "phone",
      orderId: "o-5",
      nature: "product",
      scope: "general",
      severity: "high",
      level: 1,
      proposal,
      tally: { proposals: 1, reopenings: 0 },
    });
  });

  it("needs no investigation where the case is clear, and may have one", () => {
    expect(assessed().does(ann, "propose", proposal).record.state).toBe("proposed");
    expect(assessed().does(ann, "investigate").does(ann, "propose", proposal).record.state).toBe("proposed");
  });

  it("has defaults for what nobody said", () => {
    expect(story().record).toMatchObject({
      channel: "other",
      wish: null,
      orderId: null,
      nature: null,
      scope: null,
      severity: "normal",
      level: 1,
      ownerId: null,
      proposal: null,
      tally: { notes: 0, contacts: 0, proposals: 0, handovers: 0, reopenings: 0 },
    });
  });

  it("is about somebody and something", () => {
    const opening = (input: object) => refused(doors.open({ id: "1", input }, context()));
    expect(opening({ customerId: "", summary: "x" })).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "customerId" }],
    });
    expect(opening({ customerId: "c" })).toMatchObject({ issues: [{ path: "summary" }] });
    expect(opening({ customerId: "c", summary: "x".repeat(4001) }).code).toBe("INVALID_INPUT");
    expect(opening({ customerId: "c", summary: "x", channel: "pigeon" })).toMatchObject({
      issues: [{ path: "channel" }],
    });
  });
});

describe("a major complaint", () => {
  it("is a manager's to settle", () => {
    const told = assessed("major");
    expect(told.mayNot(ann, "propose", proposal)).toEqual({
      code: "DENIED",
      denials: [{ code: "MAJOR_NEEDS_MANAGER" }],
    });
    expect(told.does(max, "propose", proposal).record.state).toBe("proposed");
  });

  it("may turn out to be one later, and no longer to be one", () => {
    const told = assessed().does(ann, "reassess", { nature: "service", scope: "major", severity: "critical" });
    expect(told.record).toMatchObject({ state: "assessed", scope: "major", severity: "critical", nature: "service" });
    expect(told.mayNot(ann, "propose", proposal).code).toBe("DENIED");
    told.does(ann, "reassess", { nature: "service", scope: "general", severity: "low" }).does(ann, "propose", proposal);
    expect(told.record.state).toBe("proposed");
    expect(story().mayNot(ann, "reassess", { nature: "service", scope: "major", severity: "low" })).toEqual({
      code: "DENIED",
      denials: [{ code: "NOT_ASSESSED" }],
    });
  });

  it("is rejected, too, by a manager only", () => {
    expect(assessed().mayNot(ann, "reject", { reason: "not ours" })).toEqual({
      code: "NOT_PERMITTED",
      command: "reject",
      may: [{ permit: "deciding", actors: ["staff"], roles: ["manager"], own: false }],
    });
    expect(assessed().does(max, "reject", { reason: "not ours" }).record.state).toBe("rejected");
  });
});

describe("a customer who does not agree", () => {
  it("declines, and a new proposal follows", () => {
    const told = assessed().does(ann, "propose", proposal).does(carl, "decline", { reason: "I want a new one" });
    expect(told.record).toMatchObject({ state: "investigating", proposal: null });
    told.does(ann, "propose", { remedy: "replacement", message: "A new one" }).does(carl, "accept");
    expect(told.record).toMatchObject({
      state: "resolving",
      proposal: { remedy: "replacement", amount: null },
      tally: { proposals: 2 },
    });
  });

  it("is still unhappy with what was done, and a new solution is looked for", () => {
    const told = assessed()
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "repaired" })
      .does(carl, "dispute", { reason: "Still warm" });
    expect(told.record).toMatchObject({ state: "investigating", proposal: null });
    expect(told.does(ann, "propose", proposal).record).toMatchObject({ state: "proposed", tally: { proposals: 2 } });
  });

  it("may come back after it was closed, however it was closed", () => {
    const closed = [
      story().does(carl, "withdraw"),
      assessed().does(max, "reject", { reason: "not ours" }),
      assessed()
        .does(ann, "propose", proposal)
        .does(carl, "accept")
        .does(ann, "resolve", { outcome: "x" })
        .does(carl, "confirm"),
    ];
    for (const told of closed) {
      told.passes({ days: 100 }).does(carl, "reopen", { reason: "It is warm again" });
      expect(told.record).toMatchObject({ state: "investigating", proposal: null, tally: { reopenings: 1 } });
    }
  });

  it("withdraws whenever the complaint is not closed", () => {
    expect(story().does(carl, "withdraw").record.state).toBe("withdrawn");
    const waiting = assessed().does(ann, "wait_for_customer", { question: "which?" });
    expect(waiting.does(carl, "withdraw").record).toMatchObject({ state: "withdrawn", stay: { back: null } });
    expect(waiting.mayNot(carl, "withdraw").code).toBe("WRONG_STATE");
  });
});

describe("staff who speak for a customer", () => {
  const steps: readonly (readonly [string, () => ReturnType<typeof story>])[] = [
    ["accept", () => assessed().does(ann, "propose", proposal)],
    [
      "confirm",
      () => assessed().does(ann, "propose", proposal).does(carl, "accept").does(ann, "resolve", { outcome: "x" }),
    ],
    ["withdraw", () => story()],
  ];
  it.each(steps)("write down what the customer said: %s", (type, begun) => {
    expect(begun().mayNot(ann, type)).toEqual({ code: "DENIED", denials: [{ code: "CUSTOMERS_WORDS_NEEDED" }] });
    expect(begun().does(ann, type, { words: "Yes, do that" }).events.at(-1)!.data).toEqual({ words: "Yes, do that" });
    expect(
      begun()
        .does(ann, type, { words: { erased: true } })
        .events.at(-1)!.data,
    ).toEqual({ words: { erased: true } });
    expect(begun().does(carl, type).events.at(-1)!.data).toEqual({ words: null });
  });
});

describe("waiting", () => {
  it("for the customer ends with the answer, and the handling goes on where it was", () => {
    const told = assessed()
      .does(ann, "investigate")
      .passes({ days: 4 })
      .does(ann, "wait_for_customer", { question: "Which model?" });
    expect(told.record).toMatchObject({ state: "waiting_for_customer", stay: { back: { state: "investigating" } } });
    expect(told.events.at(-1)!.data).toEqual({ on: "c-7", question: "Which model?" });
    expect(told.may(carl)).toEqual(["contact", "reply", "withdraw"]);
    told.passes({ days: 9 }).does(carl, "reply", { channel: "email", text: "The blue one" });
    expect(told.record).toMatchObject({ state: "investigating", level: 1, tally: { contacts: 1 } });
    expect(told.events.at(-1)).toMatchObject({
      type: "complaint.contacted",
      data: { direction: "in", channel: "email", text: "The blue one" },
    });
    // Four of the seven days were used up before the pause, and none in it.
    expect(doors.wakeAt(told.record, context().book)).toBe(later(told.now, { days: 3 }));
    // The house has four weeks to settle it, and was not asked to in these nine days.
    const resolution = unwrap(doors.clocks(told.record, context(told.now))).find((c) => c.clock === "resolution");
    expect(resolution).toMatchObject({ due: later(noon, { days: 28 + 9 }), paused: 9 * day, elapsed: 4 * day });
  });

  it("for somebody else is ended by staff, not by the customer", () => {
    const told = assessed().does(ann, "wait_for_third_party", { party: "the carrier", question: "Where is it?" });
    expect(told.events.at(-1)!.data).toEqual({ on: "the carrier", question: "Where is it?" });
    expect(told.mayNot(carl, "reply", { channel: "email", text: "?" }).code).toBe("WRONG_STATE");
    expect(told.mayNot(carl, "resume").code).toBe("NOT_PERMITTED");
    expect(told.does(ann, "resume").record.state).toBe("assessed");
  });

  it("is not for ever: after two weeks of silence the handling goes on", () => {
    const told = assessed().does(ann, "wait_for_customer", { question: "?" }).passes({ days: 15 }).swept();
    expect(told.record).toMatchObject({ state: "assessed", level: 1 });
    expect(told.events.at(-1)).toMatchObject({ type: "complaint.lapsed", at: later(noon, { days: 14 }) });
  });

  it("neither escalates nor lets the top be reached by it", () => {
    expect(
      assessed().does(ann, "wait_for_customer", { question: "?" }).mayNot(ann, "escalate", { reason: "x" }).code,
    ).toBe("WRONG_STATE");
  });
});

describe("escalation", () => {
  it("goes up one level at a time, to the third", () => {
    const told = story().does(ann, "escalate", { reason: "press" }).does(robot, "escalate", { reason: "again" });
    expect(told.record.level).toBe(3);
    expect(told.events.slice(-2).map((e) => e.data)).toEqual([
      { from: 1, to: 2, reason: "press" },
      { from: 2, to: 3, reason: "again" },
    ]);
    expect(told.mayNot(max, "escalate", { reason: "more" })).toEqual({
      code: "DENIED",
      denials: [{ code: "HIGHEST_LEVEL" }],
    });
  });

  it("comes by itself when the time to tell the customer, and the time to settle it, are over", () => {
    const told = story().passes({ days: 30 }).swept();
    expect(told.events.map((e) => [e.type.replace("complaint.", ""), e.at])).toEqual([
      ["opened", noon],
      ["breached", later(noon, { hours: 48 })],
      ["escalated", later(noon, { hours: 48 })],
      ["lapsed", later(noon, { days: 7 })],
      ["lapsed", later(noon, { days: 14 })],
      ["lapsed", later(noon, { days: 21 })],
      ["warned", later(noon, { minutes: 0.8 * 672 * 60 })],
      ["lapsed", later(noon, { days: 28 })],
      ["breached", later(noon, { hours: 672 })],
      ["escalated", later(noon, { hours: 672 })],
    ]);
    expect(told.events[1]!.data).toEqual({ clock: "acknowledge", due: later(noon, { hours: 48 }) });
    expect(told.events[2]!.data).toEqual({ from: 1, to: 2, reason: null });
    expect(told.events[6]!.data).toEqual({ clock: "resolution", level: "near", due: later(noon, { hours: 672 }) });
    expect(told.record.level).toBe(3);
  });

  it("case 37: comes when the due time has passed: what is done in its last moment is on time", () => {
    const due = later(noon, { hours: 48 });
    const told = story().passes({ hours: 48 }).swept();
    expect(told.types()).toEqual(["opened"]);
    const late = unwrap(doors.sweep(told.record, context(toInstant(toMs(due) + 1)))).events;
    expect(late.map((e) => [e.type, e.at])).toEqual([
      ["complaint.breached", due],
      ["complaint.escalated", due],
    ]);
    told.does(ann, "acknowledge").passes({ days: 5 }).swept();
    expect(told.types()).toEqual(["opened", "acknowledged"]);
    expect(unwrap(doors.clocks(told.record, context(told.now)))[0]).toMatchObject({
      clock: "acknowledge",
      verdict: "on time",
      stoppedAt: due,
    });
  });

  it("does not come because a complaint rests, which is only told of", () => {
    const told = assessed().does(ann, "propose", proposal).passes({ days: 22 }).swept();
    expect(told.types().slice(4)).toEqual(["lapsed", "lapsed"]);
    expect(told.record).toMatchObject({ state: "proposed", level: 1 });
  });

  it("never goes down by itself, not by settling or reopening either", () => {
    const told = story()
      .does(ann, "escalate", { reason: "press" })
      .does(carl, "withdraw")
      .does(carl, "reopen", { reason: "x" });
    expect(told.record.level).toBe(2);
  });

  it("follows the service levels that the house has set", () => {
    const strict = serviceLevels.version({
      id: "s",
      version: 1,
      from: noon,
      body: {
        targets: {
          complaint: [
            {
              clock: "acknowledge",
              within: { elapsed: { hours: 4 } },
              levels: [{ id: "overdue", at: { percent: 100 }, escalates: true }],
            },
          ],
        },
      },
    });
    const due = later(noon, { hours: 4 });
    const { next, events } = unwrap(doors.sweep(story().record, context(later(due, { days: 1 }), ann, [strict])));
    expect(events.map((e) => [e.type, e.at])).toEqual([
      ["complaint.breached", due],
      ["complaint.escalated", due],
    ]);
    expect(next).toMatchObject({ level: 2, stay: { lapses: 0 } });
  });

  it("is not what the deadlines of states ask for: those say how long a complaint may rest", () => {
    const strict = deadlines.version({
      id: "s",
      version: 1,
      from: noon,
      body: { complaint: { received: { hours: 4 } } },
    });
    const { next, events } = unwrap(doors.sweep(story().record, context(later(noon, { hours: 4 }), ann, [strict])));
    expect(events.map((e) => e.type)).toEqual(["complaint.lapsed"]);
    expect(next).toMatchObject({ level: 1, stay: { lapses: 1 } });
  });
});

describe("silence after the solution was carried out", () => {
  it("closes the complaint after thirty days, not a moment before", () => {
    const told = assessed()
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "paid" });
    told.passes({ days: 29 }).swept();
    expect(told.record.state).toBe("resolved");
    told.passes({ days: 1 }).swept();
    expect(told.record).toMatchObject({ state: "closed", level: 1 });
    expect(told.events.at(-1)).toMatchObject({ type: "complaint.lapsed", moved: { from: "resolved", to: "closed" } });
    expect(told.mayNot(carl, "confirm").code).toBe("WRONG_STATE");
  });
});

describe("the accountable owner", () => {
  it("is one at any time, and handed over with a reason", () => {
    const told = story().does(robot, "assign", { ownerId: "ann" });
    expect(told.mayNot(ann, "assign", { ownerId: "max" })).toEqual({
      code: "DENIED",
      denials: [{ code: "ALREADY_OWNED" }],
    });
    expect(told.mayNot(ann, "hand_over", { to: "ann", reason: "x" })).toEqual({
      code: "DENIED",
      denials: [{ code: "SAME_OWNER" }],
    });
    told.does(ann, "hand_over", { to: "max", reason: "holidays" });
    expect(told.events.at(-1)!.data).toEqual({ from: "ann", to: "max", reason: "holidays" });
    expect(told.record).toMatchObject({ ownerId: "max", tally: { handovers: 1 } });
    expect(story().mayNot(ann, "hand_over", { to: "max", reason: "x" })).toEqual({
      code: "DENIED",
      denials: [{ code: "NOT_OWNED" }],
    });
  });

  it("stays while it is paused, closed and reopened", () => {
    const told = story()
      .does(ann, "assign", { ownerId: "ann" })
      .does(carl, "withdraw")
      .does(carl, "reopen", { reason: "x" });
    expect(told.record.ownerId).toBe("ann");
  });
});

describe("what is noted", () => {
  it("may have happened before it was written down, even before the complaint came in", () => {
    const yesterday = earlier(noon, { days: 1 });
    const told = assessed()
      .passes({ hours: 5 })
      .does(ann, "contact", { direction: "in", channel: "phone", text: "called" }, yesterday);
    expect(told.events.at(-1)).toMatchObject({ at: yesterday, version: 4 });
    expect(told.record).toMatchObject({ touchedAt: noon, tally: { contacts: 1 }, state: "assessed" });
    expect(told.does(ann, "note", { text: "x" }, yesterday).record.tally.notes).toBe(1);
    expect(told.mayNot(ann, "propose", proposal, yesterday)).toEqual({ code: "BACKDATED", subject: yesterday });
    expect(told.mayNot(ann, "note", { text: "x" }, later(told.now, { minutes: 1 })).code).toBe("IN_THE_FUTURE");
  });

  it("goes on after closing", () => {
    const told = story()
      .does(carl, "withdraw")
      .does(ann, "note", { text: "sent flowers" })
      .does(carl, "contact", { direction: "in", channel: "chat", text: "thanks" });
    expect(told.record).toMatchObject({ state: "withdrawn", tally: { notes: 1, contacts: 1 } });
  });

  it("is the house's own: a customer adds no notes and records only what they say themselves", () => {
    const told = story();
    expect(told.mayNot(carl, "note", { text: "x" }).code).toBe("NOT_PERMITTED");
    expect(told.mayNot(carl, "contact", { direction: "out", channel: "chat", text: "x" })).toEqual({
      code: "DENIED",
      denials: [{ code: "ONLY_INBOUND" }],
    });
  });
});

describe("who may", () => {
  it("customers, in their own cases only", () => {
    expect(assessed().does(ann, "propose", proposal).may(eve)).toEqual([]);
    expect(assessed().does(ann, "propose", proposal).may(carl)).toEqual(["accept", "contact", "decline", "withdraw"]);
    expect(assessed().does(ann, "propose", proposal).mayNot(eve, "accept")).toMatchObject({ code: "NOT_PERMITTED" });
    expect(
      refused(doors.open({ id: "1", input: { customerId: "c-7", summary: "x" } }, context(noon, eve))),
    ).toMatchObject({
      code: "NOT_PERMITTED",
      command: "open",
      may: [{ permit: "automation" }, { permit: "complaining", own: true }, { permit: "handling" }],
    });
  });

  it("the house's software what automation grants, and nothing more", () => {
    expect(story({}, robot).may(robot)).toEqual([
      "absorb",
      "acknowledge",
      "assign",
      "contact",
      "escalate",
      "note",
      "relate",
    ]);
    for (const type of ["assess", "propose", "resolve", "withdraw", "reject", "reopen"])
      expect(
        assessed().mayNot(robot, type, {
          reason: "x",
          words: "x",
          outcome: "x",
          remedy: "refund",
          message: "x",
          nature: "service",
          scope: "major",
          severity: "low",
        }).code,
      ).toBe("NOT_PERMITTED");
  });
});
