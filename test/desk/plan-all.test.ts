import { afterEvent, inGrade, inStage, onDate, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import { all, buys, customerOf, type Desk, feed, outcomes, planOf, policy } from "./customers.js";
import { ann, day, stage } from "./stage.js";

const january = { plan: "visits", from: "2026-01-01", to: "2026-01-31" };
const visits = planOf([{ id: "visit", ...inGrade.at({ every: { A: 10, B: 31 } }), channel: "visit" }]);
const kept = async (desk: Desk, customerId = "c1") =>
  unwrap(await desk.followUps.find({ where: { customerId }, orderBy: "dueOn", limit: 1000 })).items;
const planned = async (desk: Desk, customerId = "c1") =>
  (await kept(desk, customerId)).filter((f) => f.state === "planned").map((f) => f.dueOn);
const to = (desk: Desk, id: string, command: object) => desk.followUps.execute({ id, actor: ann, command } as never);

async function visited(frequency = 9) {
  const made = stage();
  unwrap(await made.desk.policies.adopt(policy()));
  unwrap(await made.desk.policies.adopt(visits));
  await customerOf(made.desk, "c1", frequency);
  return made;
}

describe("planning for everybody", () => {
  it("opens what the plan calls for, due when its day begins at the desk's place, and doubles nothing", async () => {
    const { desk } = stage({ zone: "Asia/Shanghai" });
    unwrap(await desk.policies.adopt(policy()));
    unwrap(await desk.policies.adopt(visits));
    for (const [id, n] of [
      ["c1", 9],
      ["c2", 1],
    ] as const)
      await customerOf(desk, id, n);
    expect(outcomes(await all(desk.planAll(january)))).toEqual(["c1 changed", "c2 changed"]);
    const all1 = await kept(desk);
    expect(all1.length).toBeGreaterThanOrEqual(3);
    expect(await kept(desk, "c2")).toHaveLength(1);
    for (const f of all1) {
      expect(f).toMatchObject({
        channel: "visit",
        plan: { id: "visits", hash: visits.hash, step: "visit", on: f.dueOn },
      });
      expect(Date.parse(f.dueAt)).toBe(Date.parse(`${f.dueOn}T00:00:00+08:00`));
    }
    expect(outcomes(await all(desk.planAll(january)))).toEqual(["c1 unchanged", "c2 unchanged"]);
    const overlapping = { ...january, from: "2026-01-15", to: "2026-02-28" };
    await all(desk.planAll(overlapping));
    expect(outcomes(await all(desk.planAll(january)))).toEqual(["c1 unchanged", "c2 unchanged"]);
    expect(outcomes(await all(desk.planAll(overlapping)))).toEqual(["c1 unchanged", "c2 unchanged"]);
  });

  it("follows the grade there and back", async () => {
    const { desk } = await visited();
    await all(desk.planAll(january));
    const before = await planned(desk);
    await buys(desk, "c1", 1);
    await all(desk.planAll(january));
    expect((await planned(desk)).length).toBeLessThan(before.length);
    await buys(desk, "c1", 9);
    await all(desk.planAll(january));
    expect(await planned(desk)).toEqual(before);
  });

  it("moves with the plan, through a replan that only planning gives", async () => {
    const { desk } = await visited();
    const at = (offsetDays: number, version: number) =>
      desk.policies.adopt(planOf([{ id: "call", ...inStage.at({ stage: "interested" }), offsetDays }], version + 1));
    unwrap(await at(5, 1));
    await all(desk.planAll(january));
    unwrap(await at(8, 2));
    expect(outcomes(await all(desk.planAll(january)))).toEqual(["c1 changed"]);
    expect(await planned(desk)).toEqual(["2026-01-13"]);
    const { id } = (await kept(desk))[0]!;
    expect(await to(desk, id, { type: "replan", input: { dueOn: "2026-01-20" } })).toMatchObject({
      error: { code: "NOT_PERMITTED" },
    });
    expect(unwrap(await desk.followUps.timeline(id)).items.map((e) => e.type)).toEqual([
      "follow-up.opened",
      "follow-up.replanned",
    ]);
  });

  it("leaves what is due by now, though no sweep has said so, what was moved by hand, tried, done or cancelled", async () => {
    const { desk, clock } = stage();
    unwrap(await desk.policies.adopt(policy()));
    const daily = planOf([{ id: "visit", ...inGrade.at({ every: { A: 5 } }) }]);
    unwrap(await desk.policies.adopt(daily));
    await customerOf(desk, "c1", 9);
    const window = { ...january, from: "2026-01-06", to: "2026-02-28" };
    await all(desk.planAll(window));
    const [due, hand, tried, reached, cancelled, ...others] = await kept(desk);
    clock.forward(Date.parse(due!.dueAt) - Date.parse(clock.now()) + 1);
    unwrap(await to(desk, hand!.id, { type: "reschedule", input: { dueOn: "2026-02-02" } }));
    unwrap(await to(desk, tried!.id, { type: "miss" }));
    unwrap(await to(desk, reached!.id, { type: "reach", input: {} }));
    unwrap(await to(desk, cancelled!.id, { type: "cancel", input: { reason: "on holiday" } }));
    await buys(desk, "c1", 1);
    expect(outcomes(await all(desk.planAll(window)))).toEqual(["c1 changed"]);
    const after = new Map((await kept(desk)).map((f) => [f.id, f.state]));
    expect([due, hand, tried, reached, cancelled].map((f) => after.get(f!.id))).toEqual([
      "planned",
      "planned",
      "planned",
      "done",
      "cancelled",
    ]);
    for (const { id } of others) expect(after.get(id)).toBe("dropped");
    expect(outcomes(await all(desk.planAll(window)))).toEqual(["c1 unchanged"]);
    await desk.sweep();
    expect(unwrap(await desk.followUps.get(due!.id)).state).toBe("due");
  });

  it("stops with the customer who has left, but for what follows from leaving", async () => {
    const { desk } = await visited();
    const plan = planOf(
      [
        { id: "visit", ...inGrade.at({ every: { A: 10 } }) },
        { id: "why", ...afterEvent.at({ type: "customer.left" }), offsetDays: 3 },
      ],
      2,
    );
    unwrap(await desk.policies.adopt(plan));
    const asked = { ...january, follow: [{ kind: "customer" }] };
    await all(desk.planAll(asked));
    expect((await planned(desk)).length).toBeGreaterThan(1);
    unwrap(
      await desk.customers.execute({ id: "c1", actor: ann, command: { type: "leave", input: { reason: "moved" } } }),
    );
    await all(desk.planAll({ ...asked, from: "2026-01-06" }));
    const left = (await kept(desk)).filter((f) => f.state === "planned" && f.dueOn > "2026-01-05");
    expect(left.map((f) => [f.plan.step, f.dueOn])).toEqual([["why", "2026-01-08"]]);
  });

  it("drops everything of somebody who was erased", async () => {
    const { desk } = stage();
    unwrap(await desk.policies.adopt(policy()));
    unwrap(await desk.policies.adopt(visits));
    unwrap(await desk.customers.open({ id: "c1", input: { name: "Carl" }, actor: feed }));
    await buys(desk, "c1", 9);
    const window = { ...january, from: "2026-01-06" };
    await all(desk.planAll(window));
    unwrap(await desk.people.erase("c1"));
    await all(desk.planAll(window));
    expect(await planned(desk)).toEqual([]);
    expect(outcomes(await all(desk.planAll(window)))).toEqual(["c1 unchanged"]);
  });

  it("plans no step again that the customer has refused", async () => {
    const { desk } = await visited();
    const window = { ...january, from: "2026-01-06" };
    await all(desk.planAll(window));
    const [first] = await kept(desk);
    unwrap(await to(desk, first!.id, { type: "refuse", input: { words: "do not come" } }));
    await all(desk.planAll(window));
    await all(desk.planAll({ ...january, from: "2026-02-01", to: "2026-12-31" }));
    expect(await planned(desk)).toEqual([]);
  });

  it("welcomes once: to confirm what is known is no arrival", async () => {
    const { desk, clock } = stage();
    unwrap(await desk.policies.adopt(planOf([{ id: "welcome", ...inStage.at({ stage: "signed" }), offsetDays: 7 }])));
    await customerOf(desk, "c1");
    clock.forward(day);
    unwrap(await desk.customers.execute({ id: "c1", actor: ann, command: { type: "sign" } }));
    const year = { plan: "visits", from: "2026-01-01", to: "2027-12-31" };
    await all(desk.planAll(year));
    expect(await planned(desk)).toEqual(["2026-01-13"]);
    clock.forward(2 * day);
    unwrap(await desk.customers.execute({ id: "c1", actor: ann, command: { type: "confirm_facts" } }));
    expect(outcomes(await all(desk.planAll(year)))).toEqual(["c1 unchanged"]);
  });

  it("follows events of the kinds it is told to, each once", async () => {
    const { desk, clock } = stage();
    unwrap(
      await desk.policies.adopt(
        planOf([{ id: "check", ...afterEvent.at({ type: "complaint.acknowledged" }), offsetDays: 2 }]),
      ),
    );
    await customerOf(desk, "c1");
    for (let i = 0; i < 2; i++) {
      const { id } = unwrap(await desk.complaints.open({ input: { customerId: "c1", summary: "cold" }, actor: ann }));
      unwrap(await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann }));
      clock.forward(day);
    }
    expect(outcomes(await all(desk.planAll(january)))).toEqual(["c1 unchanged"]);
    const asked = { ...january, follow: [{ kind: "complaint", customer: "customerId" }] };
    await all(desk.planAll(asked));
    expect(await planned(desk)).toEqual(["2026-01-07", "2026-01-08"]);
    expect(outcomes(await all(desk.planAll(asked)))).toEqual(["c1 unchanged"]);
  });

  it("reads the facts", async () => {
    const { desk } = stage();
    unwrap(await desk.policies.adopt(planOf([{ id: "thanks", ...onDate.at({ fact: "recency" }), offsetDays: 10 }])));
    await customerOf(desk, "c1");
    const input = { facts: { recency: "2026-01-03" }, source: "shop" };
    unwrap(await desk.customers.execute({ id: "c1", actor: feed, command: { type: "record_facts", input } }));
    await all(desk.planAll(january));
    expect(await planned(desk)).toEqual(["2026-01-13"]);
  });

  it("at the same time from two places doubles nothing", async () => {
    const { desk } = await visited();
    await customerOf(desk, "c2", 9);
    const runs = await Promise.all([all(desk.planAll(january)), all(desk.planAll(january)), buys(desk, "c2", 9)]);
    expect(
      runs
        .slice(0, 2)
        .flat()
        .filter((i) => (i as { outcome?: string }).outcome === "refused"),
    ).toEqual([]);
    const days = (await kept(desk)).map((f) => f.dueOn);
    expect(new Set(days).size).toBe(days.length);
    expect(outcomes(await all(desk.planAll(january)))).toEqual(["c1 unchanged", "c2 unchanged"]);
  });

  it.each([
    [{ plan: "nothing" }, { code: "NO_POLICY", subject: "follow-up nothing" }],
    [{ from: "2026-02-01" }, { code: "INVALID_INPUT" }],
    [{ to: "soon" }, { code: "INVALID_INPUT" }],
    [{ to: "2226-01-01" }, { code: "INVALID_INPUT" }],
  ])("with %j is refused for each", async (more, refusal) => {
    const { desk } = await visited();
    expect(await all(desk.planAll({ ...january, ...more }))).toMatchObject([{ id: "c1", outcome: "refused", refusal }]);
  });

  it.each([
    [{ follow: [{ kind: "unheard_of", customer: "customerId" }] }],
    [{ follow: [{ kind: "complaint", customer: "summary" }] }],
    [{ follow: [null] }],
    [{ follow: "complaint" }],
    [{ after: {} }],
  ])("cannot be asked with %j", async (more) => {
    const { desk } = await visited();
    await expect(all(desk.planAll({ ...january, ...more } as never))).rejects.toMatchObject({
      code: "INVALID_OPTIONS",
    });
    await expect(all(desk.planAll(undefined as never))).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
  });
});
