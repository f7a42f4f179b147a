import { describe, expect, it } from "vitest";
import { unwrap } from "../../src/kernel/result.js";
import { ann, carl, context, eve, fold, max, noon, refused, robot, stored } from "../given.js";
import { counter, doors, proposal, story } from "./given.js";

const nobodys = (input: object = {}) => story({ customerId: undefined, ...input } as never, ann);
const summary = "Somebody was rude to an old lady at the counter";

describe("nobody's complaint", () => {
  it("is received from staff and software, who need not know whose it is", () => {
    for (const by of [ann, robot]) {
      const { next, events } = unwrap(doors.open({ id: "c-1", input: { summary } }, context(noon, by)));
      expect(next).toMatchObject({ customerId: null, summary, state: "received" });
      expect(events[0]!.data).toMatchObject({ customerId: null });
    }
    expect(refused(doors.open({ id: "c-1", input: { customerId: "", summary } }, context(noon, ann))).code).toBe(
      "INVALID_INPUT",
    );
    expect(refused(doors.open({ id: "c-1", input: { customerId: null, summary } }, context(noon, ann))).code).toBe(
      "INVALID_INPUT",
    );
  });

  it("is no customer's: nobody opens one for themselves, and nobody speaks in it", () => {
    for (const actor of [carl, eve, { kind: "customer", id: "null" }, { kind: "customer", id: "undefined" }] as const) {
      expect(refused(doors.open({ id: "c-1", input: { summary } }, context(noon, actor))).code).toBe("NOT_PERMITTED");
      expect(nobodys().may(actor)).toEqual([]);
      expect(nobodys().mayNot(actor, "withdraw").code).toBe("NOT_PERMITTED");
    }
  });

  it("cannot be asked about, but others can", () => {
    const told = nobodys();
    expect(told.mayNot(ann, "wait_for_customer", { question: "Which counter?" })).toEqual({
      code: "DENIED",
      denials: [{ code: "NOBODY_TO_ASK" }],
    });
    const shown = doors.available(told.record, context(noon, ann)).find((one) => one.command === "wait_for_customer");
    expect(shown).toMatchObject({ allowed: false, denials: [{ code: "NOBODY_TO_ASK" }] });
    told.does(ann, "wait_for_third_party", { party: "the shop", question: "Who was there?" });
    expect(told.does(ann, "resume").record.state).toBe("received");
  });

  it("is handled to its end like any other; who agreed is written down", () => {
    const told = nobodys({ raisedBy: { as: "staff", id: "bo" } })
      .does(ann, "acknowledge")
      .does(ann, "assess", { nature: "service", severity: "low" })
      .does(ann, "propose", proposal);
    expect(told.denied(ann, "accept")).toEqual(["CUSTOMERS_WORDS_NEEDED"]);
    told.does(ann, "accept", { words: "The shop will do that" }).does(ann, "resolve", { outcome: "Spoken to" });
    told.does(ann, "confirm", { words: "The lady came by and said thank you" });
    expect(told.record).toMatchObject({ state: "closed", customerId: null, raisedBy: { as: "staff", id: "bo" } });
    expect(fold(doors, stored(told.events))).toEqual(told.record);
    expect(nobodys().does(max, "reject", { reason: "not here" }).record.state).toBe("rejected");
  });

  it("has clocks and goes up like any other", () => {
    const told = nobodys().passes({ days: 30 }).swept();
    expect([told.record.level, told.types().filter((type) => type === "breached").length]).toEqual([3, 2]);
  });
});

describe("at a desk", () => {
  it("nobody's complaint stays as it is, whoever is forgotten", async () => {
    const told = await counter();
    const anonymous = await told.opens({ customerId: undefined, summary, wish: "An apology" });
    const mine = await told.opens({ summary: "A secret of mine" });
    await told.does(anonymous, "note", { text: "Heard at the counter" });
    await told.does(anonymous, "relate", { id: mine, as: "related" });
    const before = await told.get(anonymous);
    const events = unwrap(await told.desk.complaints.timeline(anonymous)).items;
    for (const person of ["c-7", "c-8", "null", "undefined", "ann"]) unwrap(await told.desk.people.erase(person));
    expect(await told.get(mine)).toMatchObject({ summary: { erased: true } });
    expect(await told.get(anonymous)).toEqual(before);
    expect(await told.get(anonymous)).toMatchObject({ summary, wish: "An apology" });
    expect(unwrap(await told.desk.complaints.timeline(anonymous)).items).toEqual(events);
    // It goes on, and still folds.
    await told.does(anonymous, "note", { text: "And again" });
    const all = unwrap(await told.desk.complaints.timeline(anonymous)).items;
    expect(fold(doors, all)).toEqual(await told.get(anonymous));
    const dumped = JSON.stringify((told.store as never as { dump: () => unknown }).dump());
    expect([dumped.includes(summary), dumped.includes("A secret of mine")]).toEqual([true, false]);
  });

  it("nobody's complaint is in nobody's export", async () => {
    const told = await counter();
    await told.opens({ customerId: undefined, summary });
    await told.opens({ summary: "A secret of mine" });
    const exported = async (person: string) => {
      const holdings: unknown[] = [];
      for await (const one of told.desk.people.export(person)) holdings.push(one);
      return JSON.stringify(holdings);
    };
    for (const person of ["c-7", "null", "undefined"]) expect(await exported(person)).not.toContain(summary);
    expect(await exported("c-7")).toContain("A secret of mine");
  });

  it("nobody's complaints are found by that", async () => {
    const told = await counter();
    const anonymous = await told.opens({ customerId: undefined });
    await told.opens();
    const { items } = unwrap(await told.desk.complaints.find({ where: { customerId: null } }));
    expect(items.map((one) => one.id)).toEqual([anonymous]);
  });

  it("whose it is once it is known is a new complaint's to say: they are linked, not merged", async () => {
    const told = await counter();
    const anonymous = await told.opens({ customerId: undefined });
    const named = await told.opens({ links: [{ id: anonymous, as: "continues" }] });
    expect(await told.mayNot(anonymous, "merge", { into: named })).toMatchObject({
      because: { denials: [{ code: "OTHER_CUSTOMER" }] },
    });
    expect((await told.get(named)).links).toEqual([{ id: anonymous, as: "continues" }]);
  });
});
