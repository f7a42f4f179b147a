import { describe, expect, it } from "vitest";
import type { Draft } from "../../src/kernel/event.js";
import type { Instant } from "../../src/kernel/instant.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import { clockHistory } from "../../src/lifecycle/retell.js";
import { ann, carl, context, later, noon, refused } from "../given.js";
import { complaintsOf } from "../laws/composition.js";

const doors = complaintsOf([]);

/** A complaint whose customer was promised an answer in so many hours, at noon. */
function promised(hours: number) {
  const opened = unwrap(
    doors.open({ id: "c-1", input: { customerId: "c-7", summary: "It does not cool" } }, context(noon, carl)),
  );
  let record = opened.next as AnyRecord;
  const events: Draft[] = [...opened.events];
  const told = {
    take: ({ next, events: said }: { next: AnyRecord; events: readonly Draft[] }) => {
      record = next;
      events.push(...said);
      return told;
    },
    does: (at: Instant, type: string, input: object, actor = ann) =>
      told.take(unwrap(doors.decide(record, { type, input }, context(at, actor)))),
    swept: (at: Instant) => told.take(unwrap(doors.sweep(record, context(at)))),
    promises: (at: Instant, by: Instant) =>
      told.does(at, "promise", { for: by, channel: "email", text: "You will hear from us" }),
    said: () =>
      events.flatMap((e) =>
        e.type === "complaint.breached" && (e.data as { clock: string }).clock === "promise" ? [e.at] : [],
      ),
    clock: (at: Instant) => unwrap(clockHistory(doors, events, context(at))).find((one) => one.clock === "promise")!,
    record: () => record as AnyRecord & { level: number; promisedFor?: Instant },
  };
  return told.promises(noon, later(noon, { hours }));
}

describe("a holding reply", () => {
  it("promises an answer by an instant, and is kept by an answer until then", () => {
    const told = promised(5);
    expect(told.record().promisedFor).toBe(later(noon, { hours: 5 }));
    expect(told.clock(later(noon, { hours: 1 }))).toMatchObject({ state: "running", due: later(noon, { hours: 5 }) });
    told.does(later(noon, { hours: 5 }), "contact", { direction: "out", channel: "phone", text: "It is on its way" });
    expect(told.clock(later(noon, { hours: 9 }))).toMatchObject({ state: "stopped", verdict: "on time" });
    expect(told.swept(later(noon, { hours: 9 })).said()).toEqual([]);
  });

  it("is broken a millisecond later, whenever somebody looks, and takes the complaint up", () => {
    const told = promised(5).swept(later(noon, { hours: 30 }));
    expect(told.said()).toEqual([later(noon, { hours: 5 })]);
    expect(told.record().level).toBe(2);
    expect(told.clock(later(noon, { hours: 30 }))).toMatchObject({ verdict: "late", due: later(noon, { hours: 5 }) });
  });

  it("is no answer: neither what the customer says nor a note keeps it, nor does waiting move it", () => {
    const told = promised(5)
      .does(later(noon, { hours: 1 }), "contact", { direction: "in", channel: "phone", text: "And?" }, carl)
      .does(later(noon, { hours: 2 }), "note", { text: "Called twice" })
      .does(later(noon, { hours: 3 }), "wait_for_third_party", { party: "maker", question: "When?" })
      .swept(later(noon, { hours: 6 }));
    expect(told.said()).toEqual([later(noon, { hours: 5 })]);
  });

  it("gives way to another promise, but one that was broken stays broken", () => {
    const kept = promised(5).promises(later(noon, { hours: 4 }), later(noon, { hours: 10 }));
    expect(kept.swept(later(noon, { hours: 9 })).said()).toEqual([]);
    expect(kept.clock(later(noon, { hours: 9 }))).toMatchObject({ state: "running", due: later(noon, { hours: 10 }) });
    const broken = promised(5).promises(later(noon, { hours: 6 }), later(noon, { hours: 10 }));
    expect(broken.said()).toEqual([later(noon, { hours: 5 })]);
    expect(broken.clock(later(noon, { hours: 7 })).earlier.map((run) => run.verdict)).toEqual(["late"]);
  });

  it("is not for what is past, and after an answer there can be a new one", () => {
    const told = promised(5).does(later(noon, { hours: 1 }), "answer", { channel: "email", text: "It was the relay" });
    const now = later(noon, { hours: 2 });
    const input = { for: now, channel: "email", text: "soon" };
    expect(refused(doors.decide(told.record(), { type: "promise", input }, context(now, ann)))).toMatchObject({
      denials: [{ code: "PROMISE_IS_PAST" }],
    });
    told.promises(now, later(noon, { hours: 3 })).swept(later(noon, { hours: 4 }));
    expect(told.said()).toEqual([later(noon, { hours: 3 })]);
  });
});
