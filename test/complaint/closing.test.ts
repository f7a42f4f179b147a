import { describe, expect, it } from "vitest";
import type { ComplaintBody, Demand } from "../../src/complaint/index.js";
import type { Draft } from "../../src/kernel/event.js";
import type { Policy } from "../../src/kernel/policy.js";
import { unwrap } from "../../src/kernel/result.js";
import { start } from "../desk/stage.js";
import { ann, carl, context, earlier, fold, later, max, noon, refused, robot, stored } from "../given.js";
import { assessed, type Complaint, counter, day, doors, house, ledger, proposal, story } from "./given.js";

const all: readonly Demand[] = ["cause", "responsibility", "remedy", "acceptance"];
const shares = [{ of: "department", id: "post", percent: 100 }];
const agreed = (policies: readonly Policy[]) => assessed(policies).does(ann, "propose", proposal).does(carl, "accept");

type Told = Draft<string, object>;
/** A complaint as its log would have made it: of before there was a ledger, or agreed to by silence. */
function retold(change: (event: Told) => object): Complaint {
  const events = (stored(agreed([]).events) as readonly Told[]).map((event) => ({ ...event, data: change(event) }));
  return fold(doors, events) as Complaint;
}
const without =
  (type: string, ...names: readonly string[]) =>
  (event: Told) =>
    event.type === type
      ? Object.fromEntries(Object.entries(event.data).filter(([name]) => !names.includes(name)))
      : event.data;
const unledgered = () => retold(without("complaint.proposed", "offers"));
const silentlyAgreed = () => retold((e) => (e.type === "complaint.accepted" ? { words: null, deemed: true } : e.data));
const resolving = (record: Complaint, body: ComplaintBody) =>
  doors.decide(record, { type: "resolve", input: { outcome: "done" } }, context(noon, ann, [house(body)]));
const missing = (record: Complaint, body: ComplaintBody) => {
  const refusal = refused(resolving(record, body));
  return refusal.code === "DENIED" ? refusal.denials.map((d) => d.code) : [refusal.code];
};

describe("what must be there before a complaint counts as resolved", () => {
  it.each([
    ["cause", "CAUSE_NEEDED", () => agreed([]).record, () => agreed([]).does(ann, "find", { cause: "seal" }).record],
    [
      "responsibility",
      "RESPONSIBILITY_NEEDED",
      () => agreed([]).does(ann, "find", { shares: [] }).record,
      () => agreed([]).does(ann, "find", { shares }).record,
    ],
    ["remedy", "REMEDY_NEEDED", unledgered, () => agreed([]).record],
    ["acceptance", "ACCEPTANCE_NEEDED", silentlyAgreed, () => agreed([]).record],
  ] as const)("case 40: is the %s, where the policy demands it", (demand, code, lacks, has) => {
    expect(missing(lacks(), { closing: [demand] })).toEqual([code]);
    expect(unwrap(resolving(has(), { closing: [demand] })).next.state).toBe("resolved");
    // What nobody demands is not asked for.
    for (const closing of [
      undefined,
      [],
      all.filter((other) => other !== demand && other !== "cause" && other !== "responsibility"),
    ])
      expect(unwrap(resolving(lacks(), { closing })).next.state).toBe("resolved");
  });

  it("case 40: is told all at once", () => {
    const old = retold((e) => {
      const data = without("complaint.proposed", "offers")(e);
      return e.type === "complaint.accepted" ? { words: null, deemed: true } : data;
    });
    expect([...missing(old, { closing: all })].sort()).toEqual([
      "ACCEPTANCE_NEEDED",
      "CAUSE_NEEDED",
      "REMEDY_NEEDED",
      "RESPONSIBILITY_NEEDED",
    ]);
    expect([...missing(agreed([]).record, { closing: all })].sort()).toEqual(["CAUSE_NEEDED", "RESPONSIBILITY_NEEDED"]);
  });

  it("case 40: is there when it was found in whatever order", () => {
    const told = agreed([house({ closing: all })]).does(ann, "find", { shares });
    expect(told.denied(ann, "resolve", { outcome: "paid" })).toEqual(["CAUSE_NEEDED"]);
    told.does(ann, "find", { cause: "seal" }).does(ann, "resolve", { outcome: "paid" });
    expect(told.record.state).toBe("resolved");
  });

  it("counts a remedy that was carried out or verified as agreed", () => {
    const told = agreed([house({ closing: ["remedy"] })]).does(ann, "carry_out", { id: "r1" });
    expect(told.does(ann, "verify", { id: "r1" }).does(ann, "resolve", { outcome: "paid" }).record.state).toBe(
      "resolved",
    );
  });

  it("shows before anybody has written an outcome", () => {
    const told = agreed([house({ closing: all })]);
    const shown = doors
      .available(told.record, context(noon, ann, [house({ closing: all })]))
      .find((one) => one.command === "resolve")!;
    expect([shown.allowed, shown.denials.map((d) => d.code).sort()]).toEqual([
      false,
      ["CAUSE_NEEDED", "RESPONSIBILITY_NEEDED"],
    ]);
  });
});

describe("the end", () => {
  it("case 33: counts from when it was carried out, not from when it was closed", () => {
    const told = agreed([]).passes({ hours: 5 }).does(ann, "resolve", { outcome: "paid" });
    told.passes({ days: 1 }).does(carl, "confirm");
    const resolution = unwrap(doors.clocks(told.record, context(told.now))).find((one) => one.clock === "resolution")!;
    expect(resolution).toMatchObject({ state: "stopped", stoppedAt: later(noon, { hours: 5 }), verdict: "on time" });
    expect(told.record.state).toBe("closed");
  });

  it("case 39: comes by itself after thirty days of silence, to the instant, and says nothing more", () => {
    const told = agreed([]).does(ann, "resolve", { outcome: "paid" });
    told.passes(30 * day - 1).swept();
    expect(told.record.state).toBe("resolved");
    told.passes(1).swept();
    expect(told.record).toMatchObject({ state: "closed" });
    const count = told.events.length;
    expect(told.passes({ days: 400 }).swept().events).toHaveLength(count);
    // Silence is no proof: what was carried out is not verified by it.
    expect(ledger(told)).toEqual(["r1 refund 4900 carried_out ann"]);
  });
});

describe("reopening", () => {
  const closed = (reopenDays?: number) => {
    const policies = reopenDays === undefined ? [] : [house({ reopenDays })];
    return agreed(policies).does(ann, "resolve", { outcome: "paid" }).passes({ days: 3 }).does(carl, "confirm");
  };

  it("case 34: is possible within the days that the policy gives, to the millisecond, counted from the closing", () => {
    for (const days of [0, 1, 60]) {
      const inTime = closed(days).passes(days * day);
      expect(inTime.does(carl, "reopen", { reason: "warm" }).record).toMatchObject({
        state: "investigating",
        tally: { reopenings: 1 },
      });
      const late = closed(days).passes(days * day + 1);
      expect(late.denied(carl, "reopen", { reason: "warm" })).toEqual(["REOPEN_WINDOW_OVER"]);
      expect(late.denied(ann, "reopen", { reason: "warm" })).toEqual(["REOPEN_WINDOW_OVER"]);
    }
  });

  it("is always possible where no policy says otherwise", () => {
    expect(closed().passes({ days: 4000 }).does(carl, "reopen", { reason: "warm" }).record.state).toBe("investigating");
  });

  it("is not put off by what is noted after the closing", () => {
    const told = closed(10).passes({ days: 9 }).does(ann, "note", { text: "x" }).does(ann, "find", { cause: "seal" });
    expect(told.passes({ days: 2 }).denied(carl, "reopen", { reason: "warm" })).toEqual(["REOPEN_WINDOW_OVER"]);
  });

  it("takes the proposal off the table", () => {
    expect(closed().does(carl, "reopen", { reason: "warm" }).record.proposal).toBeNull();
  });
});

describe("an appeal", () => {
  const rejected = (more: (told: ReturnType<typeof story>) => unknown = () => undefined) => {
    const told = story();
    more(told);
    return told.does(max, "reject", { reason: "not ours" });
  };

  it("takes a rejected complaint up a level and looks into it again, by customer or staff", () => {
    for (const actor of [carl, ann]) {
      const told = rejected().does(actor, "appeal", { reason: "It is yours" });
      expect(told.record).toMatchObject({ state: "investigating", level: 2, tally: { reopenings: 0 } });
      expect(told.said()).toEqual({ reason: "It is yours", level: 2 });
    }
  });

  it("stays at the top where it is there", () => {
    const top = rejected((told) => told.does(ann, "escalate", { reason: "x" }).does(ann, "escalate", { reason: "x" }));
    expect(top.does(carl, "appeal", { reason: "x" }).record.level).toBe(3);
    const second = rejected((told) => told.does(ann, "escalate", { reason: "x" }));
    expect(second.does(carl, "appeal", { reason: "x" }).record.level).toBe(3);
  });

  it("is against a rejection only, and not the window's business", () => {
    expect(story().does(carl, "withdraw").mayNot(carl, "appeal", { reason: "x" }).code).toBe("WRONG_STATE");
    const told = story({}, carl, [house({ reopenDays: 0 })])
      .does(max, "reject", { reason: "x" })
      .passes({ days: 5 });
    expect(told.denied(carl, "reopen", { reason: "x" })).toEqual(["REOPEN_WINDOW_OVER"]);
    expect(told.does(carl, "appeal", { reason: "x" }).record.state).toBe("investigating");
    expect(rejected().mayNot(robot, "appeal", { reason: "x" }).code).toBe("NOT_PERMITTED");
  });

  it("makes the customer wait for us, and lets the clocks go on", () => {
    const told = rejected().passes({ days: 1 }).does(carl, "appeal", { reason: "x" }).passes({ hours: 1 });
    const clocks = unwrap(doors.clocks(told.record, context(told.now)));
    expect(clocks.find((one) => one.clock === "resolution")).toMatchObject({ state: "running", elapsed: 3_600_000 });
    expect(told.record.clocks!["next_response"]).toMatchObject({ waiting: later(noon, { days: 1 }), stoppedAt: null });
  });
});

describe("silence to a proposal", () => {
  const closing = { silence: { reminders: 2, means: "closing" } } as const;
  const acceptance = { silence: { reminders: 2, means: "acceptance" } } as const;

  it("case 39: is reminded of as often as the policy says, and then the complaint is closed", async () => {
    const told = await counter(closing);
    const id = await told.proposed();
    for (const days of [14, 7]) {
      await told.sweptAfter(days);
      expect((await told.get(id)).state).toBe("proposed");
    }
    await told.sweptAfter(7);
    expect(
      (await told.types(id))
        .slice(4)
        .filter((type) => type !== "breached" && type !== "escalated" && type !== "warned"),
    ).toEqual(["lapsed", "lapsed", "lapsed", "unanswered"]);
    expect(await told.get(id)).toMatchObject({ state: "closed", remedies: [{ status: "declined" }] });
    const said = unwrap(await told.desk.complaints.timeline(id)).items.at(-1)!;
    expect(said).toMatchObject({ data: { reminders: 2 }, actor: { kind: "system", id: "silence" } });
    // The customer may still come back.
    await told.does(id, "reopen", { reason: "I was away" }, carl);
    expect((await told.get(id)).state).toBe("investigating");
  });

  it("case 40: or it counts as agreement, and is remembered as no more than that", async () => {
    const told = await counter(acceptance);
    const id = await told.proposed();
    await told.sweptAfter(14);
    await told.sweptAfter(7);
    expect(await told.get(id)).toMatchObject({ state: "proposed", remedies: [{ status: "offered" }] });
    await told.sweptAfter(7);
    expect(await told.get(id)).toMatchObject({ state: "resolving", deemed: true, remedies: [{ status: "accepted" }] });
    const said = unwrap(await told.desk.complaints.timeline(id)).items.at(-1)!;
    expect([said.type, said.data]).toEqual(["complaint.accepted", { words: null, deemed: true }]);
  });

  it("is agreement no longer, once the customer agrees in words to what comes next", async () => {
    const told = await counter(acceptance);
    const id = await told.proposed();
    await told.sweptAfter(28);
    await told.does(id, "resolve", { outcome: "done" });
    await told.does(id, "dispute", { reason: "I never agreed" }, carl);
    await told.does(id, "propose", { remedy: "apology", message: "We are very sorry" });
    expect((await told.get(id)).deemed).toBe(true);
    await told.does(id, "accept", {}, carl);
    expect((await told.get(id)).deemed).toBe(false);
  });

  it("means nothing without a policy, however long it lasts", async () => {
    const told = await counter();
    const id = await told.proposed();
    for (let i = 0; i < 30; i++) await told.sweptAfter(30);
    expect((await told.get(id)).state).toBe("proposed");
    for (const type of ["deem", "give_up"])
      expect(await told.mayNot(id, type, {}, robot)).toMatchObject({ denials: [{ code: "SILENCE_MEANS_NOTHING" }] });
  });

  it("is taken by the house's software only, and not before its time", async () => {
    const told = await counter(closing);
    const id = await told.proposed();
    for (const actor of [ann, carl]) expect((await told.mayNot(id, "give_up", {}, actor)).code).toBe("NOT_PERMITTED");
    expect(await told.mayNot(id, "give_up", {}, robot)).toMatchObject({ denials: [{ code: "SILENCE_MEANS_NOTHING" }] });
    expect(await told.mayNot(id, "deem", {}, robot)).toMatchObject({ denials: [{ code: "SILENCE_MEANS_NOTHING" }] });
  });

  it.each([
    ["closing", closing, "closed"],
    ["acceptance", acceptance, "resolving"],
  ])("is taken once where nobody swept for months: %s", async (_, body, state) => {
    const told = await counter(body);
    const id = await told.proposed();
    expect(await told.sweptAfter(100)).toMatchObject({ swept: 1, refused: [] });
    const record = await told.get(id);
    expect(record.state).toBe(state);
    expect((await told.types(id)).filter((type) => type === "unanswered" || type === "accepted")).toHaveLength(1);
    expect(await told.desk.sweep()).toMatchObject({ refused: [] });
  });

  it.each([
    ["accept", {}, "resolving"],
    ["decline", { reason: "no" }, "investigating"],
    ["withdraw", {}, "withdrawn"],
  ] as const)(
    "never stands in the way of an answer that comes before anybody swept: %s",
    async (type, input, state) => {
      const told = await counter(closing);
      const id = await told.proposed();
      told.clock.forward(90 * day);
      await told.does(id, type, input, carl);
      expect((await told.get(id)).state).toBe(state);
      expect(await told.types(id)).not.toContain("unanswered");
    },
  );

  it("is found by whatever is done to the complaint, if nobody swept", async () => {
    const told = await counter(closing);
    const id = await told.proposed();
    told.clock.forward(90 * day);
    await told.does(id, "note", { text: "Nothing heard" });
    expect((await told.get(id)).state).toBe("closed");
  });

  it("case 39: is not that of a customer who has written since and waits for us; after our answer it is again", async () => {
    const told = await counter(closing);
    const id = await told.proposed();
    await told.sweptAfter(20);
    await told.does(id, "contact", { direction: "in", channel: "phone", text: "I am thinking" }, carl);
    await told.sweptAfter(60);
    expect((await told.get(id)).state).toBe("proposed");
    expect(await told.mayNot(id, "give_up", {}, robot)).toMatchObject({ denials: [{ code: "SILENCE_MEANS_NOTHING" }] });
    await told.does(id, "contact", { direction: "out", channel: "phone", text: "Well?" });
    await told.sweptAfter(7);
    expect((await told.get(id)).state).toBe("closed");
  });

  it("is not counted while the complaint is paused", async () => {
    const told = await counter(closing);
    const id = await told.proposed();
    await told.sweptAfter(20);
    await told.does(id, "wait_for_third_party", { party: "acme", question: "?" });
    await told.sweptAfter(10);
    await told.does(id, "resume");
    expect(await told.get(id)).toMatchObject({ state: "proposed", stay: { lapses: 1 } });
    await told.sweptAfter(2);
    expect((await told.get(id)).state).toBe("proposed");
    await told.sweptAfter(6);
    expect((await told.get(id)).state).toBe("closed");
  });

  it("goes by the policy of the day on which it is looked at, and by none stops nothing", async () => {
    const told = await counter(closing);
    const id = await told.proposed();
    told.clock.forward(60 * day);
    unwrap(await told.desk.policies.adopt(house({}, 2, later(start, { days: 50 }))));
    expect(await told.desk.sweep()).toMatchObject({ refused: [] });
    expect((await told.get(id)).state).toBe("proposed");
    await told.does(id, "accept", {}, carl);
    expect((await told.get(id)).state).toBe("resolving");
  });

  it("of other states means nothing", async () => {
    const told = await counter({ silence: { reminders: 1, means: "closing" } });
    const id = await told.opens();
    await told.sweptAfter(200);
    expect(await told.get(id)).toMatchObject({ state: "received", stay: { lapses: 28 } });
  });
});

describe("a rule that came later", () => {
  it("may demand words of what silence had agreed to; then only the customer's word ends it", () => {
    const before = earlier(noon, { days: 100 });
    const policies = [
      house({ silence: { reminders: 1, means: "acceptance" } }, 1, before),
      house({ closing: ["acceptance"] }, 2, noon),
    ];
    const told = silentlyAgreed();
    const refusal = refused(
      doors.decide(told, { type: "resolve", input: { outcome: "x" } }, context(noon, ann, policies)),
    );
    expect(refusal).toEqual({ code: "DENIED", denials: [{ code: "ACCEPTANCE_NEEDED" }] });
    expect(unwrap(doors.decide(told, { type: "withdraw" }, context(noon, carl, policies))).next.state).toBe(
      "withdrawn",
    );
  });
});
