import { createServiceDesk, createServiceRules, deadlines, memoryStore, type Result, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import { action } from "../../examples/plugins/corrective.js";
import { ann, day, fridge, opened, stage, stageWithActions, start } from "./stage.js";

const codeOf = (result: Result<unknown>) => (result.ok ? "accepted" : result.error.code);

describe("the options of a desk", () => {
  it("need a store and sound parts", () => {
    const store = memoryStore();
    const bad: readonly (readonly [object | undefined, string])[] = [
      [undefined, "INVALID_OPTIONS"],
      [{}, "INVALID_OPTIONS"],
      [{ store: {} }, "INVALID_OPTIONS"],
      [{ store, rules: {} }, "INVALID_OPTIONS"],
      [{ store, clock: "noon" }, "INVALID_OPTIONS"],
      [{ store, newId: 5 }, "INVALID_OPTIONS"],
      [{ store, pause: 5 }, "INVALID_OPTIONS"],
      [{ store, observe: {} }, "INVALID_OPTIONS"],
      [{ store, attempts: 0 }, "INVALID_OPTIONS"],
      [{ store, attempts: Number.NaN }, "INVALID_OPTIONS"],
      [{ store, receiptDays: -1 }, "INVALID_OPTIONS"],
      [{ store, receiptDays: Number.NaN }, "INVALID_OPTIONS"],
      [{ store, zone: "Mars/Base" }, "UNKNOWN_ZONE"],
      [{ store, zone: "+02:00" }, "UNKNOWN_ZONE"],
    ];
    for (const [options, code] of bad)
      expect(() => createServiceDesk(options as never), JSON.stringify(options)).toThrow(
        expect.objectContaining({ code }),
      );
  });

  it("have defaults: the core's rules, the machine's clock, ids of its own, UTC", async () => {
    const desk = createServiceDesk({ store: memoryStore() });
    expect(desk.rules.kinds).toEqual(createServiceRules().kinds);
    const before = new Date().toISOString();
    const ids = [await opened(desk), await opened(desk)];
    expect(ids.every((id) => /^[\w-]{21}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(2);
    const { openedAt } = unwrap(await desk.complaints.get(ids[0]!));
    expect(openedAt >= before && openedAt <= new Date().toISOString()).toBe(true);
  });

  it.each([
    [undefined, "UTC"],
    ["Asia/Shanghai", "Asia/Shanghai"],
  ])("tell the rules the zone: %s", async (zone, seen) => {
    const zones: string[] = [];
    const rules = createServiceRules();
    const doors = rules.doors("complaint")!;
    const watching: typeof doors = {
      ...doors,
      open: (request, context) => {
        zones.push(context.zone);
        return doors.open(request, context);
      },
    };
    const watched = { ...rules, doors: (kind: string) => (kind === "complaint" ? watching : rules.doors(kind)) };
    const desk = createServiceDesk({ store: memoryStore(), rules: watched, ...(zone === undefined ? {} : { zone }) });
    await opened(desk);
    expect(zones).toEqual([seen]);
  });

  it("that break their promise when they are used are thrown", async () => {
    const desk = createServiceDesk({ store: memoryStore(), clock: () => "noon" });
    await expect(desk.complaints.open({ input: fridge, actor: ann })).rejects.toMatchObject({
      code: "INVALID_INSTANT",
    });
    await expect(desk.sweep()).rejects.toMatchObject({ code: "INVALID_INSTANT" });
    const nameless = createServiceDesk({ store: memoryStore(), newId: () => "" });
    expect(codeOf(await nameless.complaints.open({ input: fridge, actor: ann }))).toBe("INVALID_INPUT");
  });
});

describe("tenants", () => {
  it("see nothing of each other", async () => {
    const { desk, clock } = stage({ newId: () => "same" });
    const acme = desk.tenant("acme");
    const globex = desk.tenant("globex");
    for (const d of [desk, acme, globex])
      expect(codeOf(await d.complaints.open({ input: fridge, actor: ann, commandId: "k" }))).toBe("accepted");
    const acknowledge = { id: "same", command: { type: "acknowledge" }, actor: ann } as const;
    unwrap(await acme.complaints.execute(acknowledge));
    const states = await Promise.all([desk, acme, globex].map((d) => d.complaints.get("same")));
    expect(states.map((s) => unwrap(s).state)).toEqual(["received", "acknowledged", "received"]);
    expect(unwrap(await globex.complaints.timeline("same")).items.map((e) => [e.tenant, e.id])).toEqual([
      ["globex", "globex/complaint/same/1"],
    ]);
    expect(unwrap(await acme.complaints.find({ where: { state: "received" } })).items).toEqual([]);
    unwrap(await acme.people.erase("c-7"));
    expect(unwrap(await acme.complaints.get("same")).summary).toEqual({ erased: true });
    expect(unwrap(await globex.complaints.get("same")).summary).toBe(fridge.summary);
    clock.forward(10 * day);
    expect(await desk.sweep()).toMatchObject({ swept: 3, refused: [] });
  });

  it("have policies of their own", async () => {
    const { desk } = stage();
    const acme = desk.tenant("acme");
    const body = { complaint: { received: { hours: 1 } } };
    unwrap(await acme.policies.adopt(deadlines.version({ id: "d", version: 1, from: start, body })));
    expect(unwrap(await acme.policies.inForce("deadlines")).body).toEqual(body);
    expect(codeOf(await desk.policies.inForce("deadlines"))).toBe("NO_POLICY");
  });

  it("are letters, digits, underscores, dashes and dots", async () => {
    const { desk } = stage();
    for (const tenant of ["", "a b", "a/b", "*", "x".repeat(101), "ä", "a\n", 5, null, undefined, {}])
      expect(() => desk.tenant(tenant as never)).toThrow(expect.objectContaining({ code: "INVALID_TENANT" }));
    for (const tenant of ["a", "x".repeat(100), "A-1_b.c", "__proto__", "constructor"])
      expect(await opened(desk.tenant(tenant))).toMatch(/^n\d$/);
  });

  it("the default one is that of a host that has none", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    expect(unwrap(await desk.tenant("main").complaints.get(id)).id).toBe(id);
  });
});

describe("the doors of any kind", () => {
  it("are those of complaints, under another name", async () => {
    const { desk } = stageWithActions();
    const actions = desk.of(action);
    const quality = { kind: "staff", id: "q", roles: ["quality"] } as const;
    const { id } = await actions.open({ input: { complaintId: "c1", what: "look" }, actor: quality });
    unwrap(await actions.execute({ id: id!, command: { type: "capa.progress" }, actor: quality }));
    expect(unwrap(await actions.get(id!))).toMatchObject({ percent: 50, what: "look" });
    expect(unwrap(await actions.available(id!, quality)).map((a) => a.command)).toEqual([
      "capa.finish",
      "capa.progress",
    ]);
    expect(codeOf(await desk.complaints.get(id!))).toBe("NOT_FOUND");
  });

  it("of a kind that is not installed answer UNKNOWN_KIND", async () => {
    const { desk } = stage();
    const actions = desk.of(action as never) as any;
    const answers = [
      await actions.open({ input: {}, actor: ann }),
      await actions.execute({ id: "a", command: { type: "x" }, actor: ann }),
      await actions.get("a"),
      await actions.find(),
      await actions.available("a", ann),
    ];
    // A record that is not there is not there, whatever its kind.
    expect(answers.map(codeOf)).toEqual(["UNKNOWN_KIND", "NOT_FOUND", "NOT_FOUND", "UNKNOWN_KIND", "NOT_FOUND"]);
  });
});
