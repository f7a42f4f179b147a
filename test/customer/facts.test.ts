import { definePlugin, fact, labelCatalogue } from "clientele";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { type CustomerFields, customerLabels } from "../../src/customer/index.js";
import { isErased } from "../../src/kernel/personal.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { coreLabels, createServiceRules } from "../../src/rules/index.js";
import { stage } from "../desk/stage.js";
import { ann, carl, context, earlier, fold, later, noon, refused, robot, stored } from "../given.js";

/** What a host's form sends as text, kept as a number. */
const seats = fact("acme.seats", { revision: 1, value: z.pipe(z.string(), z.pipe(z.transform(Number), z.int())) });
const badge = fact("acme.badge", { revision: 1, value: z._default(z.string(), "none") });
const acme = definePlugin({ id: "acme", tokens: [seats, badge] });
const doors = createServiceRules({ plugins: [acme] }).customers as unknown as Doors;
const opened = unwrap(doors.open({ id: "c-7", input: { name: "Ann Lee", party: "company" } }, context())).next;
const told = (
  record: AnyRecord,
  facts: unknown,
  at?: string,
  now = later(noon, { days: 9 }),
  source: unknown = "shop",
) =>
  doors.decide(
    record,
    { type: "record_facts", input: { facts, source }, ...(at === undefined ? {} : { at }) },
    context(now, robot),
  );
const facts = (record: AnyRecord) => (record as AnyRecord & CustomerFields).facts;

describe("a customer", () => {
  it("is opened under the host's id, of some kind of party, with what is known", () => {
    expect(opened).toMatchObject({ id: "c-7", state: "interested", party: "company", name: "Ann Lee", facts: {} });
    expect(unwrap(doors.open({ id: "c-8", input: {} }, context())).next).toMatchObject({ party: "person", name: null });
    expect(refused(doors.open({ id: "c-9", input: { party: "pet" } }, context()))).toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(refused(doors.open({ id: "c-9", input: { name: "" } }, context()))).toMatchObject({ code: "INVALID_INPUT" });
    expect(refused(doors.open({ id: "c-9", input: {} }, context(noon, carl))).code).toBe("NOT_PERMITTED");
  });

  it("is looked over a year after it has come to where it is", () => {
    expect(doors.wakeAt(opened, context().book)).toBe(later(noon, { days: 365 }));
    const signed = unwrap(doors.decide(opened, { type: "sign" }, context(later(noon, { days: 100 })))).next;
    const confirmed = unwrap(doors.decide(signed, { type: "confirm_facts" }, context(later(noon, { days: 200 })))).next;
    expect(doors.wakeAt(confirmed, context().book)).toBe(later(noon, { days: 565 }));
    const swept = unwrap(doors.sweep(confirmed, context(later(noon, { days: 600 }))));
    expect(swept.events.map((e) => [e.type, e.at])).toEqual([
      ["customer.lapsed", later(noon, { days: 565 })],
      ["customer.lapsed", later(noon, { days: 595 })],
    ]);
  });
});

describe("facts", () => {
  it("are kept with source and time, each by itself", () => {
    const one = unwrap(told(opened, { frequency: 3, segment: "Consumer" })).next;
    const two = unwrap(told(one, { frequency: 4 }, undefined, later(noon, { days: 10 }), "till")).next;
    expect(facts(two)).toEqual({
      frequency: { value: 4, source: "till", at: later(noon, { days: 10 }) },
      segment: { value: "Consumer", source: "shop", at: later(noon, { days: 9 }) },
    });
  });

  it("told late replace only what is older", () => {
    const recent = unwrap(told(opened, { frequency: 5 })).next;
    const late = unwrap(told(recent, { frequency: 2, segment: "Corporate" }, earlier(noon, { days: 30 }))).next;
    expect(facts(late)["frequency"]!.value).toBe(5);
    expect(facts(late)["segment"]).toEqual({ value: "Corporate", source: "shop", at: earlier(noon, { days: 30 }) });
    expect(late.touchedAt).toBe(recent.touchedAt);
    const same = unwrap(told(late, { frequency: 6 }, later(noon, { days: 9 }))).next;
    expect(facts(same)["frequency"]!.value).toBe(6);
    expect(refused(told(opened, { frequency: 1 }, later(noon, { days: 99 }))).code).toBe("IN_THE_FUTURE");
  });

  it("of different times make the same record in any order, replayed from the log too", () => {
    const days = fc.uniqueArray(
      fc.tuple(fc.constantFrom("frequency", "segment", "recency"), fc.integer({ min: 1, max: 40 })),
      {
        minLength: 1,
        maxLength: 12,
        selector: ([name, day]) => `${name} ${day}`,
      },
    );
    const value = {
      frequency: (day: number) => day,
      segment: (day: number) => `s${day}`,
      recency: (day: number) => `2025-01-${10 + (day % 20)}`,
    };
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.nat()), (list, draw) => {
        const now = later(noon, { days: 41 });
        const feed = (order: typeof list) => {
          const events = [...unwrap(doors.open({ id: "c-7", input: {} }, context())).events];
          let record = fold(doors, events);
          for (const [name, day] of order) {
            const next = unwrap(
              told(record, { [name]: value[name as "segment"](day) }, later(noon, { days: day }), now),
            );
            events.push(...next.events);
            record = next.next;
          }
          expect(fold(doors, stored(events))).toStrictEqual(record);
          return facts(record);
        };
        const shuffled = list.map((one) => [draw.next().value as number, one] as const).sort(([a], [b]) => a - b);
        expect(feed(shuffled.map(([, one]) => one))).toEqual(feed(list));
      }),
      { numRuns: 60 },
    );
  });

  it("of an unknown kind or a wrong form are refused, and nothing of the rest is taken", () => {
    const denied = (given: unknown) => {
      const refusal = refused(told(opened, given));
      return refusal.code === "DENIED" ? refusal.denials.map((d) => `${d.code} ${d.message}`) : refusal.code;
    };
    expect(denied({ frequency: 3, shoeSize: 44 })).toEqual(['UNKNOWN_FACT no installed fact is called "shoeSize"']);
    expect(denied({ constructor: 1 })).toEqual(['UNKNOWN_FACT no installed fact is called "constructor"']);
    expect(denied({ linear: 1 })).toEqual(['UNKNOWN_FACT no installed fact is called "linear"']);
    for (const [id, value] of [
      ["frequency", -1],
      ["frequency", 1.5],
      ["frequency", Number.NaN],
      ["frequency", "3"],
      ["frequency", null],
      ["recency", "2025-02-30"],
      ["recency", "2025-02-03T00:00:00.000Z"],
      ["revenue", 500],
      ["revenue", { amount: 1.5, currency: "EUR" }],
      ["revenue", { amount: 5, currency: "euro" }],
      ["segment", ""],
      ["acme.seats", "many"],
    ] as const)
      expect([id, value, denied({ segment: "x", [id]: value })]).toEqual([
        id,
        value,
        [expect.stringMatching(`^INVALID_FACT ${id}: `)],
      ]);
    expect(denied({})).toEqual([expect.stringContaining("FACTS_NEEDED")]);
    expect(denied(JSON.parse('{ "__proto__": 3 }'))).toEqual([expect.stringContaining("FACTS_NEEDED")]);
    expect(denied(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, 1])))).toEqual([
      expect.stringContaining("FACTS_NEEDED"),
    ]);
    for (const wrong of [undefined, null, 5, "facts", [1], { "": 1 }]) expect(denied(wrong)).toBe("INVALID_INPUT");
    for (const source of [null, "", 5, "x".repeat(201)])
      expect(refused(told(opened, { frequency: 1 }, undefined, later(noon, { days: 1 }), source)).code).toBe(
        "INVALID_INPUT",
      );
  });

  it("are kept as their schema reads them: later code must not meet another form", () => {
    const next = unwrap(told(opened, { "acme.seats": "12", revenue: { amount: -0, currency: "EUR" } })).next;
    expect(facts(next)["acme.seats"]!.value).toBe(12);
    expect(facts(next)["revenue"]!.value).toStrictEqual({ amount: 0, currency: "EUR" });
    expect(facts(unwrap(told(opened, { "acme.badge": undefined })).next)["acme.badge"]!.value).toBe("none");
  });
});

describe("a customer's name", () => {
  it("is personal: erased, it is gone from record and log, and the customer goes on", async () => {
    const { desk, store } = stage();
    unwrap(await desk.customers.open({ id: "c-7", input: { name: "Ann Lee" }, actor: ann }));
    unwrap(
      await desk.customers.execute({
        id: "c-7",
        command: { type: "rename", input: { name: "Ann Miller" } },
        actor: ann,
      }),
    );
    unwrap(
      await desk.customers.execute({
        id: "c-7",
        command: { type: "record_facts", input: { facts: { frequency: 3 }, source: "shop" } },
        actor: ann,
      }),
    );
    unwrap(await desk.people.erase("c-7"));
    const record = unwrap(await desk.customers.get("c-7"));
    expect(isErased(record.name)).toBe(true);
    const { stored: rows, personal } = store.dump();
    for (const text of [...rows, ...personal]) expect(text).not.toMatch(/Ann (Lee|Miller)/);
    const { items } = unwrap(await desk.customers.timeline("c-7"));
    expect(fold(createServiceRules().customers as unknown as Doors, items)).toEqual(record);
    const { version } = unwrap(await desk.customers.execute({ id: "c-7", command: { type: "sign" }, actor: ann }));
    expect(version).toBe(4);
  });

  it("may be taken away", () => {
    const next = unwrap(doors.decide(opened, { type: "rename", input: { name: null } }, context())).next;
    expect((next as AnyRecord & CustomerFields).name).toBeNull();
  });
});

describe("the words about customers", () => {
  it("are there in both languages, for everything that can be met", () => {
    const words = labelCatalogue(...coreLabels);
    for (const part of ["states", "commands", "events", "refusals", "words"] as const) {
      const ids = Object.keys(customerLabels.en[part]);
      expect(Object.keys(customerLabels["zh-CN"][part]).sort()).toEqual([...ids].sort());
      for (const id of ids) {
        expect(words.label(part, id, "en")).not.toBe(id);
        expect(words.label(part, id, "zh-CN")).toMatch(/\p{Script=Han}/u);
      }
    }
    for (const { token, of, id } of createServiceRules().tokens) {
      const part = token === "state" ? "states" : token === "transition" ? "commands" : undefined;
      if (of === "customer" && part !== undefined) expect(words.has(part, `customer/${id}`, "zh-CN")).toBe(true);
      if (of === "customer" && token === "event") expect(words.has("events", id, "zh-CN")).toBe(true);
      if (token === "fact") expect(words.has("words", `fact/${id}`, "zh-CN")).toBe(true);
    }
  });
});
