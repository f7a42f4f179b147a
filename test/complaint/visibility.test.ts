import { describe, expect, it } from "vitest";
import { complaint, eventsFor, usualSights, viewFor, visibility } from "../../src/complaint/index.js";
import { headFields } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import { ann, carl, context, max, noon } from "../given.js";
import { complaintsOf } from "../laws/composition.js";

const doors = complaintsOf([]);
const hidden = { hidden: true };
const eve = { kind: "customer", id: "c-8" } as const;

/** A complaint of Carl with something in every corner. */
function whole() {
  const opened = unwrap(
    doors.open(
      { id: "c-1", input: { customerId: "c-7", summary: "It does not cool", wish: "A new one" } },
      context(noon, carl),
    ),
  );
  const steps = [
    [ann, "acknowledge", {}],
    [ann, "assess", { nature: "product", scope: "general", severity: "high", category: "fridge" }],
    [ann, "assign", { ownerId: "ann" }],
    [ann, "find", { cause: "relay", shares: [{ of: "supplier", id: "s-1", percent: 100 }] }],
    [ann, "note", { text: "Sounded angry" }],
    [ann, "propose", { remedy: "repair", message: "We mend it" }],
  ] as const;
  let record: any = opened.next;
  const events: any[] = [...opened.events];
  for (const [actor, type, input] of steps) {
    const { next, events: said } = unwrap(doors.decide(record, { type, input }, context(noon, actor)));
    record = next;
    events.push(...said);
  }
  return { record: { ...record, slots: { legal: { caseRef: "AB-1" } } }, events };
}

describe("who may see what", () => {
  const { record, events } = whole();

  it("is everything for the house, unless a policy says otherwise", () => {
    for (const actor of [ann, max, { kind: "system", id: "job" } as const]) {
      expect(viewFor(actor, record)).toEqual(record);
      expect(eventsFor(actor, record, events)).toEqual(events);
    }
  });

  it("is for customers what they said and were told, and no word of what the house thinks", () => {
    const view: any = viewFor(carl, record);
    expect(view).toMatchObject({ summary: "It does not cool", wish: "A new one", proposal: { message: "We mend it" } });
    for (const name of ["cause", "shares", "ownerId", "severity", "category", "tally", "remedies"] as const)
      expect([name, view[name]]).toEqual([name, hidden]);
    expect(view.slots).toEqual({ legal: hidden });
    const types = eventsFor(carl, record, events).map((event) => event.type);
    expect(types).toEqual(["complaint.opened", "complaint.acknowledged", "complaint.proposed"]);
  });

  it("is nothing for other customers, and nobody's complaint is no customer's", () => {
    expect(viewFor(eve, record)).toBeUndefined();
    expect(eventsFor(eve, record, events)).toEqual([]);
    expect(viewFor(carl, { ...record, customerId: null })).toBeUndefined();
    const all = visibility.version({
      id: "all",
      version: 1,
      from: noon,
      body: { sights: [{ id: "all", fields: "all", events: "all" }] },
    });
    expect(viewFor(eve, record, all.body)).toBeUndefined();
    expect(viewFor(carl, record, all.body)).toEqual(record);
  });

  it("adds up over roles, and what every record has is always shown", () => {
    const body = {
      sights: [
        { id: "counter", actors: ["staff"], fields: ["summary"], events: ["complaint.opened"] },
        { id: "legal", roles: ["manager"], fields: ["slots.legal", "cause"], events: ["complaint.found"] },
      ],
    } as const;
    const counter: any = viewFor(ann, record, body);
    const manager: any = viewFor(max, record, body);
    expect([counter.summary, counter.cause, counter.slots]).toEqual([record.summary, hidden, { legal: hidden }]);
    expect([manager.summary, manager.cause, manager.slots]).toEqual([
      record.summary,
      "relay",
      { legal: { caseRef: "AB-1" } },
    ]);
    for (const name of headFields.filter((one) => one !== "slots")) expect(counter[name]).toEqual(record[name]);
    expect(eventsFor(ann, record, events, body).map((e) => e.type)).toEqual(["complaint.opened"]);
    expect(eventsFor(max, record, events, body).map((e) => e.type)).toEqual(["complaint.opened", "complaint.found"]);
    expect(viewFor({ kind: "system", id: "job" }, record, body)).toBeUndefined();
  });

  it("names only fields and events that there are", () => {
    const known = new Set(Object.keys((complaint["~def"].schema as any)._zod.def.shape));
    for (const { fields } of usualSights)
      if (fields !== "all") for (const name of fields) expect([name, known.has(name)]).toEqual([name, true]);
  });
});
