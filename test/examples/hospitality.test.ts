import {
  type Actor,
  coreLabels,
  corePlugin,
  createServiceDesk,
  createServiceRules,
  diagnose,
  followUpPlan,
  gradingPolicy,
  type InferCommand,
  labelCatalogue,
  memoryStore,
  responsesIn,
  scoresOf,
  surveyPolicy,
  unwrap,
} from "clientele";
import { pluginLaws, type Scenario } from "clientele/testing";
import { describe, expect, it, test } from "vitest";
import { arrival, bookings, hospitality, regular, room, spotless } from "../../examples/plugins/hospitality.js";
import { handClock, hour, start } from "../desk/stage.js";

const ann: Actor = { kind: "staff", id: "ann" };
const pms: Actor = { kind: "system", id: "pms" };
const guest: Actor = { kind: "customer", id: "g-1" };

const sleepless: Scenario = {
  kind: "complaint",
  steps: [
    { type: "hotel.offer_room", input: { room: "312" } },
    { type: "hotel.settle_in" },
    { type: "hotel.offer_room", input: { room: "312" } },
    { type: "hotel.offer_room", input: { room: "401" } },
    { after: { hours: 3 } },
  ],
};
describe("the plugin keeps every law", () => {
  test.each(pluginLaws(hospitality, { scenarios: [sleepless] }))("$law", ({ run }) => run());
});

const rules = createServiceRules({ plugins: [hospitality] });
function hotel() {
  const clock = handClock();
  return { clock, desk: createServiceDesk({ rules, store: memoryStore(), clock: clock.now }) };
}
type Desk = ReturnType<typeof hotel>["desk"];
const booked = async (desk: Desk, list: readonly object[]) =>
  desk.customers.execute({
    id: "g-1",
    actor: pms,
    command: { type: "record_facts", input: { facts: { [bookings.id]: list }, source: "pms" } },
  });
const complain = async (desk: Desk) =>
  unwrap(await desk.complaints.open({ input: { customerId: "g-1", summary: "The lift is loud" }, actor: guest })).id;
const give = (desk: Desk, id: string, command: InferCommand<typeof rules, "complaint">) =>
  desk.complaints.execute({ id, command, actor: ann });
const survey = surveyPolicy.version({
  id: "hotel-room",
  version: 1,
  from: start,
  body: { questions: [room.name], validDays: 7, dissatisfied: [{ question: room.name, atMost: 2 }] },
});

describe("each thing it adds works in a desk", () => {
  it("the fact is typed, the measure weighs it", async () => {
    const { desk } = hotel();
    const body = {
      criteria: [regular.row({ id: "stays", fact: bookings.id, args: { half: 2 }, weight: 100 })],
      grades: [
        { grade: "gold", from: 60 },
        { grade: "guest", from: 0 },
      ],
    };
    unwrap(await desk.policies.adopt(gradingPolicy.version({ id: "stays", version: 1, from: start, body })));
    unwrap(await desk.customers.open({ id: "g-1", input: {}, actor: pms }));
    const stays = ["a", "b", "c"].map((id) => ({ id, arrival: "2026-02-01" }));
    for (const [n, grade, score] of [
      [0, "guest", 0],
      [2, "guest", 50_000_000],
      [3, "gold", 60_000_000],
    ] as const) {
      unwrap(await booked(desk, stays.slice(0, n)));
      expect(unwrap(await desk.grading.get("g-1"))).toMatchObject({ grade, natural: { score } });
    }
    expect(await booked(desk, [{ id: "a", arrival: "soon" }])).toMatchObject({
      error: { code: "DENIED", denials: [{ code: "INVALID_FACT" }] },
    });
  });

  it("the anchor plans a call for each booking, which moves with it and goes with it", async () => {
    const { desk } = hotel();
    const step = {
      id: "call",
      ...arrival.at({}),
      offsetDays: -2,
      channel: "phone",
      script: "Anything you need?",
    } as const;
    unwrap(
      await desk.policies.adopt(followUpPlan.version({ id: "stay", version: 1, from: start, body: { steps: [step] } })),
    );
    unwrap(await desk.customers.open({ id: "g-1", input: {}, actor: pms }));
    const calls = async () => {
      for await (const item of desk.planAll({ plan: "stay", from: "2026-01-06", to: "2026-03-31" }))
        expect(item.outcome).not.toBe("refused");
      const { items } = unwrap(await desk.followUps.find({ where: { customerId: "g-1" }, orderBy: "dueOn" }));
      return items.map((f) => [f.plan.key, f.dueOn, f.state]);
    };
    unwrap(
      await booked(desk, [
        { id: "b1", arrival: "2026-02-10" },
        { id: "b2", arrival: "2026-03-10" },
      ]),
    );
    expect(await calls()).toEqual([
      ["b1", "2026-02-08", "planned"],
      ["b2", "2026-03-08", "planned"],
    ]);
    unwrap(await booked(desk, [{ id: "b1", arrival: "2026-02-20" }]));
    expect(await calls()).toEqual([
      ["b1", "2026-02-18", "planned"],
      ["b2", "2026-03-08", "dropped"],
    ]);
  });

  it("the state, commands, events and slot carry a move, which the deadline ends", async () => {
    const { desk, clock } = hotel();
    const id = await complain(desk);
    unwrap(await give(desk, id, { type: "hotel.offer_room", input: { room: "312" } }));
    expect(unwrap(await desk.complaints.get(id))).toMatchObject({
      state: "hotel.moving",
      slots: { hotel: { room: "312" } },
    });
    unwrap(await give(desk, id, { type: "hotel.settle_in" }));
    expect(unwrap(await desk.complaints.get(id)).state).toBe("received");
    expect(await give(desk, id, { type: "hotel.offer_room", input: { room: "312" } })).toMatchObject({
      error: { denials: [{ code: "hotel.SAME_ROOM" }] },
    });
    unwrap(await give(desk, id, { type: "hotel.offer_room", input: { room: "401" } }));
    clock.forward(2 * hour);
    await desk.sweep();
    const { state, slots } = unwrap(await desk.complaints.get(id));
    expect([state, slots]).toEqual(["received", { hotel: { room: "401" } }]);
    const types = unwrap(await desk.complaints.timeline(id)).items.map((e) => e.type);
    expect(types).toEqual([
      "complaint.opened",
      "hotel.room_offered",
      "hotel.settled_in",
      "hotel.room_offered",
      "complaint.lapsed",
    ]);
  });

  it("the permit grants to staff, to nobody else", async () => {
    const { desk } = hotel();
    const id = await complain(desk);
    const command = { type: "hotel.offer_room", input: { room: "1" } } as const;
    for (const actor of [guest, pms])
      expect(await desk.complaints.execute({ id, command, actor })).toMatchObject({
        error: { code: "NOT_PERMITTED", may: [{ permit: "hotel.front_desk", actors: ["staff"] }] },
      });
  });

  it("the reaction asks, the question is answered, the metric tells; a bad room is a complaint again", async () => {
    const { desk } = hotel();
    unwrap(await desk.policies.adopt(survey));
    for (const [number, score] of [
      ["312", 5],
      ["401", 2],
      ["402", 4],
    ] as const) {
      const id = await complain(desk);
      unwrap(await give(desk, id, { type: "hotel.offer_room", input: { room: number } }));
      const { events } = unwrap(await give(desk, id, { type: "hotel.settle_in" }));
      expect(events).toHaveLength(2);
      const [asked] = unwrap(await desk.satisfaction.find({ where: { state: "invited" } })).items;
      expect(asked).toMatchObject({ customerId: "g-1", subject: { kind: "stage", id: `room ${number}` } });
      const command = { type: "answer", input: { answers: { [room.name]: score } } } as const;
      unwrap(await desk.satisfaction.execute({ id: asked!.id, command, actor: guest }));
    }
    const { items } = unwrap(await desk.satisfaction.find());
    const score = scoresOf(responsesIn(items, spotless, () => "house")).get("house")!;
    expect(score).toMatchObject({ metric: "hotel.spotless@1", n: 3, interval: { method: "wilson" } });
    expect(score.value).toBeCloseTo(1 / 3, 12);
    const { items: cases } = unwrap(await desk.complaints.find());
    expect(cases.map((c) => c.summary)).toContain("hotel.room: 2");
    expect(cases).toHaveLength(4);
  });

  it("the reaction does nothing where the house has no such survey", async () => {
    const { desk } = hotel();
    const id = await complain(desk);
    unwrap(await give(desk, id, { type: "hotel.offer_room", input: { room: "312" } }));
    expect(unwrap(await give(desk, id, { type: "hotel.settle_in" })).events).toHaveLength(1);
  });

  it("the words are there, in both languages", () => {
    const words = labelCatalogue(...coreLabels, hospitality.labels);
    expect(words.label("states", "complaint/hotel.moving", "zh-CN")).toBe("换房中");
    for (const language of ["en", "zh-CN"])
      for (const id of [`question/${room.id}`, `metric/${spotless.id}`])
        expect(words.has("words", id, language)).toBe(true);
    expect(diagnose(corePlugin, [hospitality])).toEqual([]);
  });
});
