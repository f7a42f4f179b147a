import { describe, expect, it } from "vitest";
import type { Policy } from "../../src/kernel/policy.js";
import { unwrap } from "../../src/kernel/result.js";
import { serviceLevels } from "../../src/sla/index.js";
import { ann, carl, context, earlier, fold, later, max, noon, refused, robot, stored } from "../given.js";
import { assessed, type Complaint, doors, house, type Story, story } from "./given.js";

describe("the owners of a complaint", () => {
  it("are listed, the latest last, with whose department it is", () => {
    const told = story().does(robot, "assign", { ownerId: "ann", department: "counter" });
    expect(told.record).toMatchObject({ ownerId: "ann", owners: ["ann"], department: "counter" });
    told.does(ann, "hand_over", { to: "max", reason: "holidays" });
    // Who takes over without a word about the department works where the complaint is.
    expect(told.record).toMatchObject({ ownerId: "max", owners: ["ann", "max"], department: "counter" });
    told.does(max, "hand_over", { to: "ann", reason: "back again", department: "workshop" });
    expect(told.record).toMatchObject({ ownerId: "ann", owners: ["ann", "max", "ann"], department: "workshop" });
    expect(told.record.tally.handovers).toBe(2);
  });

  it("are the last ten, while every handover is counted", () => {
    const told = story().does(ann, "assign", { ownerId: "p0" });
    for (let i = 1; i <= 12; i++) told.does(ann, "hand_over", { to: `p${i}`, reason: "shift" });
    expect(told.record.owners).toEqual(Array.from({ length: 10 }, (_, i) => `p${i + 3}`));
    expect([told.record.ownerId, told.record.tally.handovers]).toEqual(["p12", 12]);
  });

  it("are not listed in a complaint from before there was a list, or the list would not be whole", () => {
    const told = story().does(ann, "assign", { ownerId: "ann" }).does(ann, "hand_over", { to: "max", reason: "shift" });
    const before = stored(told.events).map((event) => ({ ...event, v: 1 }));
    const record = fold(doors, before) as Complaint;
    expect([record.ownerId, Object.keys(record).includes("owners"), record.tally.handovers]).toEqual(["max", false, 1]);
    const goesOn = { type: "hand_over", input: { to: "ann", reason: "back" } };
    const { next } = unwrap(doors.decide(record, goesOn, context(noon, ann)));
    expect([(next as Complaint).ownerId, Object.keys(next).includes("owners")]).toEqual(["ann", false]);
    // Of one that had no owner yet, the list is whole.
    const unowned = fold(doors, before.slice(0, 1));
    const first = unwrap(doors.decide(unowned, { type: "assign", input: { ownerId: "ann" } }, context(noon, ann)));
    expect((first.next as Complaint).owners).toEqual(["ann"]);
  });

  it("are named by the house, not by the customer", () => {
    expect(story().mayNot(carl, "assign", { ownerId: "ann" }).code).toBe("NOT_PERMITTED");
    expect(story().mayNot(carl, "hand_over", { to: "ann", reason: "x" }).code).toBe("NOT_PERMITTED");
  });
});

describe("moving a complaint", () => {
  const owned = () => assessed().does(ann, "assign", { ownerId: "ann", department: "counter" });

  it("case 50: sideways leaves the level and the owner, up the line leaves the department and the owner", () => {
    const sideways = owned().does(ann, "transfer", { department: "workshop", reason: "They know fridges" });
    expect(sideways.record).toMatchObject({ department: "workshop", ownerId: "ann", level: 1, owners: ["ann"] });
    expect(sideways.said()).toEqual({ department: "workshop", reason: "They know fridges" });
    const up = owned().does(ann, "escalate", { reason: "press" });
    expect(up.record).toMatchObject({ department: "counter", ownerId: "ann", level: 2 });
    expect(sideways.record.tally.handovers).toBe(0);
  });

  it("to a department that has it already is none", () => {
    expect(owned().denied(ann, "transfer", { department: "counter", reason: "x" })).toEqual(["SAME_DEPARTMENT"]);
    expect(story().does(ann, "transfer", { department: "counter", reason: "x" }).record.department).toBe("counter");
  });

  it("goes on in a pause, and is over when the complaint is", () => {
    const paused = owned().does(ann, "wait_for_customer", { question: "?" });
    expect(paused.does(ann, "transfer", { department: "workshop", reason: "x" }).record).toMatchObject({
      state: "waiting_for_customer",
      department: "workshop",
    });
    expect(paused.does(carl, "withdraw").mayNot(ann, "transfer", { department: "x", reason: "x" }).code).toBe(
      "WRONG_STATE",
    );
    expect(owned().mayNot(carl, "transfer", { department: "x", reason: "x" }).code).toBe("NOT_PERMITTED");
  });
});

describe("going down", () => {
  it("is one level at a time, to the first", () => {
    const told = story().does(ann, "escalate", { reason: "press" }).does(ann, "escalate", { reason: "more press" });
    told.does(ann, "deescalate", { reason: "no press after all" });
    expect(told.said()).toEqual({ from: 3, to: 2, reason: "no press after all" });
    expect(told.does(ann, "deescalate", { reason: "calm" }).record.level).toBe(1);
    expect(told.denied(ann, "deescalate", { reason: "calmer" })).toEqual(["LOWEST_LEVEL"]);
  });

  it("is the house's to decide, and of what is open", () => {
    const told = story().does(ann, "escalate", { reason: "press" });
    for (const actor of [carl, robot])
      expect(told.mayNot(actor, "deescalate", { reason: "x" }).code).toBe("NOT_PERMITTED");
    told.does(ann, "wait_for_customer", { question: "?" });
    expect(told.mayNot(ann, "deescalate", { reason: "x" }).code).toBe("WRONG_STATE");
  });

  it("case 51: what has taken it up once takes it up no second time, not after a pause either", () => {
    const told = story().passes({ days: 3 }).swept();
    expect(told.record.level).toBe(2);
    told.does(ann, "deescalate", { reason: "They had called" }).passes({ days: 3 }).swept();
    told
      .does(ann, "wait_for_customer", { question: "?" })
      .passes({ days: 3 })
      .does(ann, "resume")
      .passes({ days: 3 })
      .swept();
    expect(told.record.level).toBe(1);
    expect(told.types().filter((type) => type === "escalated")).toHaveLength(1);
    // Another clock is another reason.
    expect(told.passes({ days: 30 }).swept().record.level).toBe(2);
  });
});

describe("going to where it is happening", () => {
  const seen = { text: "The seal is torn; the food is in another fridge" };
  const within = (hours: number): Policy =>
    serviceLevels.version({
      id: "house",
      version: 1,
      from: earlier(noon, { days: 1 }),
      body: {
        targets: {
          complaint: [
            {
              clock: "visit",
              within: { elapsed: { hours } },
              levels: [{ id: "overdue", at: { percent: 100 }, escalates: true }],
            },
          ],
        },
      },
    });
  const clock = (told: Story, policies: readonly Policy[]) =>
    unwrap(doors.clocks(told.record, context(told.now, ann, policies))).find((one) => one.clock === "visit")!;

  it("is known until they were there", () => {
    const told = story().does(ann, "dispatch", { to: "workshop" });
    expect(told.record.sentTo).toBe("workshop");
    told.does(ann, "visit", seen);
    expect(Object.keys(told.record)).not.toContain("sentTo");
    expect(told.said()).toEqual(seen);
    expect(fold(doors, stored(told.events))).toEqual(told.record);
  });

  it("is told by somebody who was sent, once for each time", () => {
    expect(story().denied(ann, "visit", seen)).toEqual(["NOBODY_SENT"]);
    const told = story().does(ann, "dispatch", { to: "workshop" }).does(ann, "visit", seen);
    expect(told.denied(ann, "visit", seen)).toEqual(["NOBODY_SENT"]);
    expect(told.does(ann, "dispatch", { to: "workshop" }).does(ann, "visit", seen).record.state).toBe("received");
    expect(told.mayNot(carl, "dispatch", { to: "x" }).code).toBe("NOT_PERMITTED");
  });

  it("may be told later than it was, and goes on in a pause", () => {
    const told = story().does(ann, "dispatch", { to: "workshop" }).does(ann, "wait_for_customer", { question: "?" });
    told.passes({ hours: 9 }).does(ann, "visit", seen, later(noon, { hours: 2 }));
    expect(told.events.at(-1)).toMatchObject({ type: "complaint.visited", at: later(noon, { hours: 2 }) });
    expect(story().mayNot(ann, "dispatch", { to: "x" }, earlier(noon, { hours: 1 })).code).toBe("BACKDATED");
  });

  it("has a clock that runs from the sending, and takes the complaint up when nobody came in time", () => {
    const policies = [within(4)];
    const told = story({}, carl, policies).passes({ hours: 10 });
    expect(clock(told, policies).state).toBe("waiting");
    told.does(ann, "dispatch", { to: "workshop" }).passes({ hours: 4 });
    expect(clock(told, policies)).toMatchObject({
      state: "running",
      startedAt: later(noon, { hours: 10 }),
      verdict: null,
    });
    told.passes({ minutes: 1 }).swept();
    expect(told.types().slice(-2)).toEqual(["breached", "escalated"]);
    told.does(ann, "visit", seen);
    expect(clock(told, policies)).toMatchObject({ state: "stopped", verdict: "late" });
    told.does(ann, "dispatch", { to: "workshop" }).passes({ hours: 1 }).does(ann, "visit", seen);
    expect(clock(told, policies)).toMatchObject({ state: "stopped", verdict: "on time", elapsed: 3_600_000 });
  });

  it("is promised by nobody where the house has set no target", () => {
    const told = story().does(ann, "dispatch", { to: "workshop" }).passes({ days: 1 });
    expect(clock(told, [])).toMatchObject({ state: "cancelled", reason: "NO_TARGET" });
  });
});

describe("the final reply", () => {
  const letter = { channel: "letter", text: "This is all we can do" };

  it("names the outside body, where the policy has one", () => {
    const told = story({}, carl, [house({ disputeBody: "Ombudsman, www.example.org, within six months" })]);
    expect(told.does(ann, "answer", letter).said()).toEqual({
      ...letter,
      disputeBody: "Ombudsman, www.example.org, within six months",
    });
    expect(story().does(ann, "answer", letter).said()).toEqual({ ...letter, disputeBody: null });
    expect(told.record.tally.contacts).toBe(1);
  });

  it("may be given after the end, not in a pause, and by the house only", () => {
    expect(story().does(max, "reject", { reason: "x" }).does(ann, "answer", letter).record.state).toBe("rejected");
    expect(story().does(ann, "wait_for_customer", { question: "?" }).mayNot(ann, "answer", letter).code).toBe(
      "WRONG_STATE",
    );
    expect(refused(doors.decide(story().record, { type: "answer", input: letter }, context(noon, carl))).code).toBe(
      "NOT_PERMITTED",
    );
  });
});
