import { describe, expect, it } from "vitest";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Refusal, unwrap } from "../../src/kernel/result.js";
import { ann, carl, context, fold, noon, refused, robot } from "../given.js";
import { type Contact, doors, occurrence, planned } from "./given.js";

const at = (day: string, time = "09:00") => `${day}T${time}:00.000Z`;
const give = (record: AnyRecord, now: string, type: string, input?: unknown, zone = "UTC") =>
  doors.decide(record, { type, input }, { ...context(now), zone });
const swept = (record: AnyRecord, now: string) => unwrap(doors.sweep(record, context(now)));
const denials = (refusal: Refusal) => (refusal.code === "DENIED" ? refusal.denials.map((d) => d.code) : [refusal.code]);

describe("the day", () => {
  it("makes it due, two days later it is overdue, each week it is told again: all at nominal times", () => {
    const { next, events } = swept(planned(), at("2026-03-27"));
    expect(events.map((e) => [e.at, e.moved?.to])).toEqual([
      [at("2026-03-10", "00:00"), "due"],
      [at("2026-03-12", "00:00"), "overdue"],
      [at("2026-03-19", "00:00"), undefined],
      [at("2026-03-26", "00:00"), undefined],
    ]);
    const bit = swept(swept(planned(), at("2026-03-10")).next, at("2026-03-13"));
    expect(swept(bit.next, at("2026-03-27")).next).toEqual(next);
  });

  it("is told for most of two years, and not for ever", () => {
    const { next } = swept(planned(), at("2036-01-01"));
    expect([next.state, next.stay.lapses, doors.wakeAt(next, context().book)]).toEqual(["overdue", 101, null]);
  });
});

describe("attempts", () => {
  it("are repeated on the retry day, until the last, which is abandoned", () => {
    let record: AnyRecord = planned();
    for (const [day, next] of [
      ["2026-03-10", "2026-03-12"],
      ["2026-03-15", "2026-03-17"],
    ] as const) {
      record = unwrap(give(record, at(day), "miss")).next;
      expect(record).toMatchObject({
        state: "planned",
        dueOn: next,
        dueAt: at(next, "00:00"),
        plan: { on: "2026-03-10" },
      });
    }
    expect((record as Contact).missed).toBe(2);
    expect(denials(refused(give(record, at("2026-03-17"), "miss")))).toEqual(["LAST_ATTEMPT"]);
    const shown = doors.available(record, context(at("2026-03-17")));
    expect(shown.find((a) => a.command === "miss")).toMatchObject({
      allowed: false,
      denials: [{ code: "LAST_ATTEMPT" }],
    });
    expect(unwrap(give(record, at("2026-03-17"), "abandon")).next).toMatchObject({
      state: "done",
      outcome: "unreached",
      missed: 3,
    });
  });

  it("count the retry in local days, across a change of the clock", () => {
    const evening = unwrap(
      give(planned({ retryDays: 1 }), "2026-03-08T03:00:00.000Z", "miss", undefined, "America/New_York"),
    );
    expect(evening.next).toMatchObject({ dueOn: "2026-03-08", dueAt: "2026-03-08T05:00:00.000Z" });
    const morning = unwrap(
      give(planned({ retryDays: 1 }), "2026-03-08T14:00:00.000Z", "miss", undefined, "America/New_York"),
    );
    expect(morning.next).toMatchObject({ dueOn: "2026-03-09", dueAt: "2026-03-09T04:00:00.000Z" });
  });

  it("end with what the customer said, which is theirs", () => {
    for (const [type, outcome] of [
      ["reach", "reached"],
      ["refuse", "refused"],
    ] as const) {
      const { next, events } = unwrap(give(planned(), at("2026-03-10"), type, { words: "no thanks" }));
      expect(next).toMatchObject({ state: "done", outcome });
      expect(doors.personalInEvent(events.at(-1)!, next)).toEqual([{ path: ["data", "words"], person: "c-7" }]);
    }
    const { next, events } = unwrap(give(planned(), at("2026-03-10"), "cancel", { reason: "moved away" }));
    expect(next.state).toBe("cancelled");
    expect(doors.personalInEvent(events.at(-1)!, next)).toEqual([{ path: ["data", "reason"], person: "c-7" }]);
  });
});

describe("another day", () => {
  it("by hand keeps what the plan said; by the plan changes it", () => {
    expect(unwrap(give(planned(), noon, "reschedule", { dueOn: "2026-04-01" })).next).toMatchObject({
      dueOn: "2026-04-01",
      dueAt: at("2026-04-01", "00:00"),
      plan: { on: "2026-03-10" },
    });
    const byPlan = doors.decide(planned(), { type: "replan", input: { dueOn: "2026-04-01" } }, context(noon, robot));
    expect(unwrap(byPlan).next).toMatchObject({ dueOn: "2026-04-01", plan: { on: "2026-04-01" } });
    expect(denials(refused(give(planned(), noon, "reschedule", { dueOn: "2026-03-10" })))).toEqual(["SAME_DAY"]);
  });

  it.each(["0001-01-01", "9999-12-31", "9998-01-01", "2026-02-29", "tomorrow", "", 5, null, {}])(
    "is not %j",
    (dueOn) => {
      for (const zone of ["UTC", "Asia/Shanghai", "America/New_York"])
        expect(refused(give(planned(), noon, "reschedule", { dueOn }, zone)).code).toBe("INVALID_INPUT");
    },
  );

  it("brings back what the plan had dropped, and only that", () => {
    const system = context(noon, robot);
    const dropped = unwrap(doors.decide(planned(), { type: "drop" }, system)).next;
    expect([dropped.state, doors.phase(dropped)]).toEqual(["dropped", "closed"]);
    const back = unwrap(doors.decide(dropped, { type: "replan", input: { dueOn: "2026-03-10" } }, system));
    expect(back.next).toMatchObject({ state: "planned", dueOn: "2026-03-10" });
    expect(back.events.map((e) => e.type)).toEqual(["follow-up.replanned"]);
    const cancelled = unwrap(give(planned(), noon, "cancel", { reason: "x" })).next;
    expect(refused(doors.decide(cancelled, { type: "replan", input: { dueOn: "2026-03-10" } }, system)).code).toBe(
      "WRONG_STATE",
    );
  });
});

it("is opened as the plan says, by staff or software, never by customers", () => {
  const open = (actor: typeof ann, input: object = occurrence) => doors.open({ id: "f", input }, context(noon, actor));
  expect([open(ann).ok, open(robot).ok]).toEqual([true, true]);
  expect(refused(open(carl)).code).toBe("NOT_PERMITTED");
  for (const wrong of [
    { dueAt: "2026-03-10" },
    { dueOn: "x" },
    { channel: "smoke" },
    { attempts: -1 },
    { customerId: "" },
    { plan: null },
  ])
    expect(refused(open(ann, { ...occurrence, ...wrong })).code).toBe("INVALID_INPUT");
});

it("stays whole when its person is erased", () => {
  const opened = unwrap(doors.open({ id: "f", input: occurrence }, context(noon)));
  const { next, events } = unwrap(give(opened.next, at("2026-03-10"), "reach", { words: "secret" }));
  const erased = events.map((e) => (e.type === "follow-up.reached" ? { ...e, data: { words: { erased: true } } } : e));
  expect(fold(doors, [...opened.events, ...erased])).toStrictEqual(next);
});
