import { describe, expect, it } from "vitest";
import { type ComplaintBody, complaintPolicy } from "../../src/complaint/index.js";
import { unwrap } from "../../src/kernel/result.js";
import { ann, customer as carl, day, hour, boss as max, stage, start } from "./stage.js";

const policy = (body: ComplaintBody, version = 1) =>
  complaintPolicy.version({ id: "house", version, from: start, body });

/** A desk with complaints that are told in short. */
async function counter(body?: ComplaintBody) {
  const { desk, clock, store } = stage();
  if (body !== undefined) unwrap(await desk.policies.adopt(policy(body)));
  const told = {
    desk,
    clock,
    store,
    opens: async (input: object = {}) =>
      unwrap(
        await desk.complaints.open({ input: { customerId: carl.id, summary: "It is late", ...input }, actor: ann }),
      ).id,
    does: async (id: string, type: string, input: object = {}, actor: typeof ann | typeof carl | typeof max = ann) => {
      const done = await desk.complaints.execute({ id, command: { type, input } as never, actor });
      return done.ok ? "done" : done.error;
    },
    get: async (id: string) => unwrap(await desk.complaints.get(id)),
    types: async (id: string) =>
      unwrap(await desk.complaints.timeline(id)).items.map((event) => event.type.replace("complaint.", "")),
    proposed: async (input: object = {}) => {
      const id = await told.opens(input);
      for (const [type, given] of [
        ["acknowledge", {}],
        ["assess", { nature: "logistics", scope: "general", severity: "low" }],
        ["propose", { remedy: "apology", message: "We are sorry" }],
      ] as const)
        expect(await told.does(id, type, given)).toBe("done");
      return id;
    },
  };
  return told;
}

describe("complaints that belong together", () => {
  it("are merged in one unit of work: the one is closed, the other takes it in", async () => {
    const { opens, does, get, types } = await counter();
    const [first, again] = [await opens(), await opens()];
    expect(await does(again, "merge", { into: first })).toBe("done");
    expect(await get(again)).toMatchObject({ state: "merged", mergedInto: first });
    expect((await get(first)).links).toEqual([{ id: again, as: "merged" }]);
    expect(await types(first)).toEqual(["opened", "absorbed"]);
    expect(await does(again, "reopen", { reason: "still" })).toMatchObject({
      code: "DENIED",
      denials: [{ code: "MERGED" }],
    });
  });

  it("lead somewhere and never in a circle, nor into what is closed, nobody's or somebody else's", async () => {
    const { opens, does, get, types } = await counter();
    const [a, b, c] = [await opens(), await opens(), await opens()];
    expect(await does(a, "merge", { into: b })).toBe("done");
    expect(await does(b, "merge", { into: c })).toBe("done");
    const circle = await does(c, "merge", { into: a });
    expect(circle).toMatchObject({ code: "REACTION_REFUSED", because: { code: "WRONG_STATE", state: "merged" } });
    expect([(await get(c)).state, await types(c)]).toEqual(["received", ["opened", "absorbed"]]);

    const other = await opens({ customerId: "somebody-else" });
    expect(await does(c, "merge", { into: other })).toMatchObject({
      code: "REACTION_REFUSED",
      because: { denials: [{ code: "OTHER_CUSTOMER" }] },
    });
    expect(await does(c, "merge", { into: "nobody" })).toMatchObject({ code: "REACTION_REFUSED" });
    expect(await does(c, "merge", { into: c })).toMatchObject({ denials: [{ code: "SAME_COMPLAINT" }] });
    const closed = await opens();
    await does(closed, "withdraw", { words: "never mind" });
    expect(await does(c, "merge", { into: closed })).toMatchObject({ code: "REACTION_REFUSED" });
    expect((await get(c)).state).toBe("received");
  });

  it("escalate no more once they are merged, and their clocks have stopped (case 38)", async () => {
    const { opens, does, types, clock, desk } = await counter();
    const [first, again] = [await opens(), await opens()];
    clock.forward(hour);
    await does(again, "merge", { into: first });
    clock.forward(40 * day);
    await desk.sweep();
    expect(await types(again)).toEqual(["opened", "merged"]);
    expect(await types(first)).toContain("escalated");
    for (const one of unwrap(await desk.complaints.clocks(again))) expect(one.state).not.toBe("running");
  });

  it("are split: the part is received as a complaint of its own, of the same customer, and linked", async () => {
    const { opens, does, get, desk } = await counter();
    const id = await opens({ orderId: "o-5", channel: "phone" });
    expect(await does(id, "split", { summary: "And the driver was rude", subject: "tour-9" })).toBe("done");
    const { items } = unwrap(await desk.complaints.find({ where: { subject: "tour-9" } }));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      summary: "And the driver was rude",
      customerId: carl.id,
      orderId: "o-5",
      channel: "phone",
      state: "received",
      links: [{ id, as: "split from" }],
    });
    expect((await get(id)).links).toBeUndefined();
  });

  it("are linked and unlinked, but what was merged stays so", async () => {
    const { opens, does, get } = await counter();
    const [a, b, c] = [await opens(), await opens(), await opens()];
    expect(await does(a, "relate", { id: b, as: "related" })).toBe("done");
    expect(await does(a, "relate", { id: b, as: "continues" })).toBe("done");
    expect((await get(a)).links).toEqual([{ id: b, as: "continues" }]);
    expect(await does(a, "relate", { id: c, as: "merged" })).toMatchObject({ denials: [{ code: "MERGE_IT" }] });
    await does(c, "merge", { into: a });
    expect(await does(a, "unrelate", { id: c })).toMatchObject({ denials: [{ code: "MERGED" }] });
    expect(await does(a, "unrelate", { id: b })).toBe("done");
    expect(await does(a, "unrelate", { id: b })).toMatchObject({ denials: [{ code: "NOT_LINKED" }] });
    expect((await get(a)).links).toEqual([{ id: c, as: "merged" }]);
  });
});

describe("silence to a proposal", () => {
  const reminders = async (
    { desk, clock }: Pick<Awaited<ReturnType<typeof counter>>, "desk" | "clock">,
    many: number,
  ) => {
    for (let i = 0; i < many; i++) {
      clock.forward(i === 0 ? 14 * day : 7 * day);
      await desk.sweep();
    }
  };

  it("means nothing unless a policy says so", async () => {
    const told = await counter();
    const id = await told.proposed();
    await reminders(told, 12);
    expect((await told.get(id)).state).toBe("proposed");
  });

  it.each([
    ["closing", "closed", "unanswered"],
    ["acceptance", "resolving", "accepted"],
  ] as const)("means %s after the reminders that the policy wants, and not before", async (means, state, type) => {
    const told = await counter({ silence: { reminders: 2, means } });
    const id = await told.proposed();
    await reminders(told, 2);
    expect((await told.get(id)).state).toBe("proposed");
    told.clock.forward(7 * day);
    await told.desk.sweep();
    expect(await told.get(id)).toMatchObject({ state, ...(means === "acceptance" ? { deemed: true } : {}) });
    expect((await told.types(id)).at(-1)).toBe(type);
  });

  it("is not that of somebody who has written and waits for us", async () => {
    const told = await counter({ silence: { reminders: 1, means: "closing" } });
    const id = await told.proposed();
    await told.does(id, "contact", { direction: "in", channel: "phone", text: "I am thinking" }, carl);
    await reminders(told, 4);
    expect((await told.get(id)).state).toBe("proposed");
  });

  it("is ended by an answer", async () => {
    const told = await counter({ silence: { reminders: 1, means: "closing" } });
    const id = await told.proposed();
    expect(await told.does(id, "accept", {}, carl)).toBe("done");
    await reminders(told, 4);
    expect((await told.get(id)).state).toBe("resolving");
  });

  it("cannot be taken for the acceptance that closing demands in words", () => {
    const body = { silence: { reminders: 1, means: "acceptance" }, closing: ["acceptance"] } as const;
    expect(() => policy(body)).toThrow(/could never be closed/);
  });
});

describe("the end of a complaint", () => {
  it("comes when all that the policy demands is there; what is missing is told at once", async () => {
    const told = await counter({ closing: ["cause", "responsibility", "remedy", "acceptance"] });
    const id = await told.proposed();
    await told.does(id, "accept", {}, carl);
    const missing = await told.does(id, "resolve", { outcome: "done" });
    expect(missing).toMatchObject({ denials: [{ code: "CAUSE_NEEDED" }, { code: "RESPONSIBILITY_NEEDED" }] });
    const part = { of: "department", id: "post", percent: 60 } as const;
    expect(await told.does(id, "find", { cause: "c", shares: [part] })).toMatchObject({
      denials: [{ code: "SHARES_NOT_WHOLE" }],
    });
    const shares = [part, { of: "supplier", id: "carrier", percent: 40 }];
    expect(await told.does(id, "find", { cause: "c", shares })).toBe("done");
    expect(await told.does(id, "resolve", { outcome: "done" })).toBe("done");
    expect(await told.does(id, "confirm", {}, carl)).toBe("done");
    expect(await told.get(id)).toMatchObject({ state: "closed", cause: "c", remedies: [{ status: "verified" }] });
  });

  it("can be undone for as many days as the policy says, to the millisecond", async () => {
    const told = await counter({ reopenDays: 10 });
    const [inTime, late] = [await told.opens(), await told.opens()];
    for (const id of [inTime, late]) await told.does(id, "withdraw", { words: "never mind" });
    told.clock.forward(10 * day);
    expect(await told.does(inTime, "reopen", { reason: "again" }, carl)).toBe("done");
    told.clock.forward(1);
    expect(await told.does(late, "reopen", { reason: "again" }, carl)).toMatchObject({
      denials: [{ code: "REOPEN_WINDOW_OVER" }],
    });
    const next = await told.opens({ links: [{ id: late, as: "continues" }] });
    expect((await told.get(next)).links).toEqual([{ id: late, as: "continues" }]);
  });

  it("that is a rejection can be appealed, which takes the complaint up", async () => {
    const told = await counter();
    const id = await told.opens();
    expect(await told.does(id, "reject", { reason: "not ours" }, max)).toBe("done");
    expect(await told.does(id, "appeal", { reason: "It is yours" }, carl)).toBe("done");
    expect(await told.get(id)).toMatchObject({ state: "investigating", level: 2 });
  });
});
