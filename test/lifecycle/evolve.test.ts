import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import type { Draft } from "../../src/kernel/event.js";
import { unwrap } from "../../src/kernel/result.js";
import { lifeOf } from "../../src/lifecycle/life.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import { ann, context, earlier, fold, later, noon, refused, stored } from "../given.js";
import * as v from "./visit.js";
import { lived, opened, visit, visits, visitsWith } from "./visit.js";

const first: Draft = unwrap(visits.open({ id: "v-1", input: { customer: "c-7", remarks: 0 } }, context())).events[0]!;
const second: Draft = {
  stream: { kind: "visit", id: "v-1" },
  version: 2,
  type: "visit.remarked",
  v: 1,
  data: { text: "x" },
  at: later(noon, { hours: 1 }),
  actor: ann,
};

describe("the first event", () => {
  it("makes the record", () => {
    expect(unwrap(visits.evolve(undefined, stored(first)))).toStrictEqual(opened());
  });

  it("is an opening of this kind", () => {
    expect(refused(visits.evolve(undefined, second))).toEqual({ code: "NOT_OPENED", subject: "visit.remarked 2" });
    expect(refused(visits.evolve(undefined, { ...first, version: 2 }))).toMatchObject({ code: "NOT_OPENED" });
    expect(refused(visits.evolve(undefined, { ...first, type: "complaint.opened" })).code).toBe("NOT_OPENED");
    const { moved: _, ...still } = first;
    expect(refused(visits.evolve(undefined, still)).code).toBe("NOT_OPENED");
    expect(refused(visits.evolve(undefined, { ...first, stream: { kind: "call", id: "1" } }))).toEqual({
      code: "INVALID_EVENT",
      subject: "call",
    });
  });

  it("may not write what every record has", () => {
    const data = { customer: "c", remarks: 0, commandVersion: 7 };
    expect(refused(visits.evolve(undefined, { ...first, data }))).toEqual({
      code: "PLUGIN_FAULT",
      token: "visit.opened",
      detail: '"commandVersion" is not a field that an event may write',
    });
  });
});

describe("a further event", () => {
  it("counts, keeps the latest touch, and tells commands from the clock", () => {
    const record = unwrap(visits.evolve(opened(), second));
    expect(record).toMatchObject({ version: 2, commandVersion: 2, touchedAt: second.at, remarks: 1 });
    const told = unwrap(visits.evolve(record, { ...second, version: 3, at: earlier(noon, { days: 3 }) }));
    expect(told).toMatchObject({ version: 3, commandVersion: 3, touchedAt: second.at, openedAt: noon });
    const clock = { kind: "system", id: "clock" } as const;
    expect(unwrap(visits.evolve(record, { ...second, version: 3, actor: clock })).commandVersion).toBe(2);
    expect(
      unwrap(visits.evolve(record, { ...second, version: 3, actor: { ...clock, id: "job" } })).commandVersion,
    ).toBe(3);
    expect(
      unwrap(visits.evolve(record, { ...second, version: 3, actor: { ...ann, id: "clock" } })).commandVersion,
    ).toBe(3);
  });

  it("leaves the record before it as it was", () => {
    const record = opened();
    const was = JSON.stringify(record);
    unwrap(
      visits.evolve(record, { ...second, moved: { from: "planned", to: "done" }, slot: { id: "badge", data: 1 } }),
    );
    expect(JSON.stringify(record)).toBe(was);
  });

  it.each<readonly [string, object, object]>([
    ["of another record", { stream: { kind: "visit", id: "v-2" } }, { code: "INVALID_EVENT", subject: "visit/v-2" }],
    ["of another kind", { stream: { kind: "call", id: "v-1" } }, { code: "INVALID_EVENT", subject: "call/v-1" }],
    ["that was taken in already", { version: 1 }, { code: "OUT_OF_ORDER", subject: "visit.remarked 1" }],
    ["with a gap before it", { version: 3 }, { code: "OUT_OF_ORDER", subject: "visit.remarked 3" }],
    [
      "from another state",
      { moved: { from: "done", to: "planned" } },
      { code: "OUT_OF_ORDER", subject: "visit.remarked 2" },
    ],
    ["of a newer version", { v: 2 }, { code: "OTHER_REVISION", subject: "visit.remarked v2" }],
  ])("is refused: %s", (_, part, refusal) => {
    expect(refused(visits.evolve(opened(), { ...second, ...part }))).toEqual(refusal);
  });

  it.each<readonly [string, unknown]>([
    ["event", null],
    ["event", "visit.remarked"],
    ["type", { ...second, type: 5 }],
    ["stream", { ...second, stream: null }],
    ["stream", { ...second, stream: "v-1" }],
    ["stream", { ...second, stream: { kind: "visit" } }],
    ["version", { ...second, version: "2" }],
    ["version", { ...second, version: 2.5 }],
    ["v", { ...second, v: 0 }],
    ["v", { ...second, v: "1" }],
    ["data", { ...second, data: undefined }],
    ["data", { ...second, data: null }],
    ["data", { ...second, data: "x" }],
    ["at", { ...second, at: "2026-03-02" }],
    ["at", { ...second, at: undefined }],
    ["actor", { ...second, actor: null }],
    ["actor", { ...second, actor: "ann" }],
    ["moved", { ...second, moved: null }],
    ["moved", { ...second, moved: "done" }],
    ["moved", { ...second, moved: { from: "planned" } }],
    ["moved", { ...second, moved: { from: "planned", to: "parts", back: 5 } }],
    ["slot", { ...second, slot: null }],
    ["slot", { ...second, slot: "badge" }],
    ["slot", { ...second, slot: { data: 1 } }],
    ["slot", { ...second, slot: { id: "badge" } }],
    ["slot", { ...second, slot: { id: "__proto__", data: {} } }],
  ])("is refused where its %s cannot be read: %#", (part, event) => {
    expect(refused(visits.evolve(opened(), event as Draft))).toEqual({ code: "INVALID_EVENT", subject: part });
    expect(refused(visits.evolve(undefined, event as Draft)).code).toBe("INVALID_EVENT");
  });

  it("is not folded onto a record of another kind or revision, or none", () => {
    const call = { ...opened(), kind: "call" };
    expect(refused(visits.evolve(call, { ...second, stream: { kind: "call", id: "v-1" } }))).toEqual({
      code: "INVALID_RECORD",
      subject: '"call"',
    });
    expect(refused(visits.evolve({ ...opened(), revision: 7 }, second)).code).toBe("OTHER_REVISION");
    expect(refused(visits.evolve(null as never, second)).code).toBe("INVALID_RECORD");
    expect(refused(visits.evolve({ ...opened(), stay: undefined } as never, second)).code).toBe("INVALID_RECORD");
  });

  it.each(["spent", "lapses", "since", "enteredAt", "back"])("is not folded onto a stay without %s", (part) => {
    const closed = { ...opened(), state: "done", stay: { ...opened().stay, [part]: undefined } };
    expect(refused(visits.evolve(closed as never, second))).toEqual({ code: "INVALID_RECORD", subject: "v-1" });
  });

  it("may not write the head of a kind whose schema is open either", () => {
    const kind = recordKind("visit", { revision: 1, initial: "planned", schema: z.looseObject({}) as never });
    for (const [name, fields] of [
      ["version", { version: 9 }],
      ["__proto__", JSON.parse('{"__proto__": {"a": 1}}')],
    ] as const) {
      const remarked = kind.event("visit.remarked", { v: 1, data: z.looseObject({}), evolve: () => fields as never });
      const doors = lifeOf(kind, [...v.tokens.filter((t) => t.token !== "kind" && t.id !== remarked.id), remarked]);
      expect(refused(doors.evolve(opened(), second))).toEqual({
        code: "PLUGIN_FAULT",
        token: "visit.remarked",
        detail: `"${name}" is not a field that an event may write`,
      });
    }
  });

  it("of a plugin that is not installed speaks through moves and slots alone", () => {
    const record = unwrap(
      visits.evolve(opened(), {
        ...second,
        type: "gone.happened",
        v: 9,
        data: { remarks: 99 },
        moved: { from: "planned", to: "gone.away", back: "planned" },
        slot: { id: "gone", data: { deep: [1] } },
      }),
    );
    expect(record).toMatchObject({ state: "gone.away", remarks: 0, slots: { gone: { deep: [1] } } });
    const back = unwrap(
      visits.evolve(record, {
        ...second,
        version: 3,
        type: "gone.went",
        moved: { from: "gone.away", to: "planned" },
        slot: { id: "gone", data: null },
      }),
    );
    expect(back).toMatchObject({ state: "planned", slots: {}, stay: { spent: 3_600_000, back: null } });
  });

  it("may remove a field that need not be there", () => {
    const kind = recordKind("visit", {
      revision: 1,
      initial: "planned",
      schema: z.object({ customer: z.string(), remarks: z.int(), tip: z.optional(z.int()) }),
    });
    const tipped = kind.event("visit.remarked", {
      v: 1,
      data: z.object({ tip: z.optional(z.int()) }),
      evolve: (_, { tip }) => ({ tip }) as never,
    });
    const doors = lifeOf(kind, [...v.tokens.filter((t) => t.token !== "kind" && t.id !== tipped.id), tipped]);
    const { hours: _, ...base } = opened() as unknown as Record<string, unknown>;
    const rich = unwrap(doors.evolve(base as never, { ...second, data: { tip: 5 } }));
    expect(rich).toMatchObject({ tip: 5 });
    expect(unwrap(doors.evolve(rich, { ...second, version: 3, data: {} }))).not.toHaveProperty("tip");
  });

  it("keeps every field of a kind whose schema is open or no object", () => {
    for (const schema of [z.looseObject({ customer: z.string() }), z.record(z.string(), z.any())]) {
      const doors = lifeOf(recordKind("visit", { revision: 1, initial: "planned", schema: schema as never }), v.tokens);
      const { events, next } = unwrap(doors.open({ id: "1", input: { customer: "c", colour: "red" } }, context()));
      const further = unwrap(doors.decide(next, { type: "start" }, context()));
      expect(further.next).toMatchObject({ customer: "c", colour: "red" });
      expect(fold(doors, stored([...events, ...further.events]))).toStrictEqual(further.next);
    }
  });
});

describe("an event of an older version", () => {
  const now = visit.event("visit.remarked", {
    v: 3,
    data: z.object({ words: z.string(), length: z.int() }),
    evolve: (r, data) => ({ remarks: r.remarks + data.length }),
    upcast: {
      1: (data: { text: string }) => ({ words: data.text }),
      2: (data: { words: string }) => ({ ...data, length: data.words.length }),
    },
  });
  const withUpcast = (upcast: unknown) =>
    visitsWith(visit.event("visit.remarked", { ...now["~def"], upcast } as never));

  it("is brought forward step by step", () => {
    const doors = visitsWith(now);
    expect(unwrap(doors.evolve(opened(), { ...second, data: { text: "four" } }))).toMatchObject({ remarks: 4 });
    expect(unwrap(doors.evolve(opened(), { ...second, v: 2, data: { words: "three" } }))).toMatchObject({ remarks: 5 });
    expect(unwrap(doors.evolve(opened(), { ...second, v: 3, data: { words: "", length: 9 } }))).toMatchObject({
      remarks: 9,
    });
  });

  it.each([[undefined], [{}], [{ 1: (x: object) => x }], [{ 2: (x: object) => x }]])(
    "is refused where a step is missing: %#",
    (upcast) => {
      expect(refused(withUpcast(upcast).evolve(opened(), second))).toEqual({
        code: "OTHER_REVISION",
        subject: "visit.remarked v1",
      });
    },
  );

  it.each<readonly [string, () => unknown, string]>([
    [
      "throws",
      () => {
        throw new Error("lost");
      },
      "lost",
    ],
    ["answers nothing", () => undefined, "a plain object is needed, found undefined"],
    ["is asynchronous", async () => ({ words: "x" }), "a plain object is needed, found an object"],
  ])("is contained where a step %s", (_, step, detail) => {
    expect(refused(withUpcast({ 1: step, 2: (x: object) => x }).evolve(opened(), second))).toEqual({
      code: "PLUGIN_FAULT",
      token: "visit.remarked",
      detail,
    });
  });

  it("opens a record in the present revision of its kind", () => {
    const kind = recordKind("visit", {
      revision: 3,
      initial: "planned",
      schema: z.object({ customer: z.string(), remarks: z.int(), hours: z.int(), mood: z.string() }),
      upcast: {
        1: (f: object) => ({ ...f, mood: "calm" }),
        2: (f: { mood: string }) => ({ ...f, mood: f.mood.toUpperCase() }),
      },
    });
    const doors = lifeOf(
      kind,
      v.tokens.filter((t) => t.token !== "kind"),
    );
    expect(unwrap(doors.evolve(undefined, first))).toMatchObject({ revision: 3, mood: "CALM", customer: "c-7" });
  });
});

describe("a fold", () => {
  it("of what was said is the record, whole and plain", () => {
    const { record, events } = lived([
      [later(noon, { days: 3 }), "await_weather"],
      [later(noon, { days: 5 }), { type: "remark", input: { text: "a" }, at: noon }],
      [later(noon, { days: 6 }), "start"],
      [later(noon, { days: 6 }), { type: "finish", input: { hours: 3 } }],
    ]);
    expect(fold(visits, stored(events))).toStrictEqual(record);
    expect(stored(record)).toStrictEqual(record);
    expect(events.map((e) => e.version)).toEqual(events.map((_, i) => i + 1));
  });
});
