import { createServiceDesk, type FindQuery, type Result, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import { legal } from "../../examples/plugins/legal.js";
import { ann, boss, customer, fridge, opened, stage, stageOf, upTo } from "./stage.js";

const codeOf = (result: Result<unknown>) => (result.ok ? "accepted" : result.error.code);

/** Thirty complaints of three customers, one opened each minute, in several states. */
async function thirty() {
  const { desk, clock, store } = stage();
  for (let i = 0; i < 30; i++) {
    const id = await opened(desk, { ...fridge, customerId: `c-${i % 3}` });
    if (i % 2 === 0) await upTo(desk, id, i % 4 === 0 ? "assess" : "acknowledge");
    if (i % 5 === 0)
      unwrap(
        await desk.complaints.execute({
          id,
          command: { type: "assign", input: { ownerId: `o-${i % 10}` } },
          actor: ann,
        }),
      );
    clock.forward(60_000);
  }
  return { desk, store, clock };
}

async function pages(desk: Awaited<ReturnType<typeof thirty>>["desk"], query: FindQuery) {
  const found: string[][] = [];
  let after: string | undefined;
  do {
    const page = unwrap(await desk.complaints.find(after === undefined ? query : { ...query, after }));
    found.push(page.items.map((r) => r.id));
    after = page.next;
  } while (after !== undefined);
  return found;
}

describe("find", () => {
  it("pages by key, each record once, in either direction", async () => {
    const { desk } = await thirty();
    const up = await pages(desk, { limit: 7 });
    expect(up.map((p) => p.length)).toEqual([7, 7, 7, 7, 2]);
    expect(up.flat()).toEqual(Array.from({ length: 30 }, (_, i) => `n${i + 1}`));
    expect((await pages(desk, { limit: 7, descending: true })).flat()).toEqual(up.flat().reverse());
    expect(await pages(desk, { limit: 30 })).toHaveLength(1);
  });

  it("loses and repeats nothing while records come in behind the cursor", async () => {
    const { desk } = await thirty();
    const first = unwrap(await desk.complaints.find({ limit: 10 }));
    await opened(desk);
    const rest = unwrap(await desk.complaints.find({ limit: 100, after: first.next! }));
    expect([...first.items, ...rest.items].map((r) => r.id)).toEqual(Array.from({ length: 31 }, (_, i) => `n${i + 1}`));
  });

  it("goes by every index, and orders by every one", async () => {
    const { desk } = await thirty();
    const all = unwrap(await desk.complaints.find()).items;
    const names = [
      "customerId",
      "orderId",
      "nature",
      "severity",
      "level",
      "ownerId",
      "state",
      "openedAt",
      "touchedAt",
    ] as const;
    for (const name of names) {
      for (const value of new Set(all.map((r) => r[name]))) {
        const ids = (await pages(desk, { where: { [name]: value }, limit: 4 })).flat();
        expect(ids, `${name} ${value}`).toEqual(all.filter((r) => r[name] === value).map((r) => r.id));
      }
      expect((await pages(desk, { orderBy: name, limit: 4 })).flat().sort(), name).toEqual(all.map((r) => r.id).sort());
    }
    expect((await pages(desk, { where: { phase: "open", customerId: "c-1" } })).flat()).toHaveLength(10);
    expect((await pages(desk, { where: { phase: "closed" } })).flat()).toEqual([]);
    expect((await pages(desk, { orderBy: "ownerId" })).flat().slice(-3)).toEqual(["n16", "n26", "n6"].sort().slice(-3));
  });

  it("refuses what no index answers, and what is no query", async () => {
    const { desk } = stage();
    const bad: readonly unknown[] = [
      { where: { summary: "x" } },
      { where: { __proto__: null, constructor: "x" } },
      { where: { customerId: { $gt: "" } } },
      { where: { level: Number.NaN } },
      { where: "x" },
      { where: null },
      { orderBy: "summary" },
      { orderBy: null },
      { limit: 0 },
      { limit: 1001 },
      { limit: 2.5 },
      { limit: "3" },
      { after: "nonsense" },
      { after: 7 },
      null,
      "x",
    ];
    for (const query of bad)
      expect(codeOf(await desk.complaints.find(query as never)), String(query)).toBe("INVALID_INPUT");
    const refused = await desk.complaints.find({ where: { summary: "x" } });
    expect(refused.ok ? "" : refused.error).toMatchObject({
      issues: [{ path: "where.summary", message: expect.stringContaining("customerId") }],
    });
  });

  it("names what this composition cannot read, and hides nothing else", async () => {
    const { desk, store, clock } = stageOf([legal] as const);
    const ids = [await opened(desk), await opened(desk), await opened(desk)];
    await desk.complaints.execute({ id: ids[1]!, command: { type: "acknowledge" }, actor: ann });
    const input = { nature: "product", scope: "major", severity: "critical" } as const;
    unwrap(await desk.complaints.execute({ id: ids[1]!, command: { type: "assess", input }, actor: ann }));
    const counsel = { kind: "staff", id: "lex", roles: ["counsel"] } as const;
    const hold = { type: "legal.place_hold", input: { caseRef: "AB-1" } } as const;
    unwrap(await desk.complaints.execute({ id: ids[1]!, command: hold, actor: counsel }));

    const plain = createServiceDesk({ store, clock: clock.now });
    const found = unwrap(await plain.complaints.find());
    expect(found.items.map((r) => r.id)).toEqual([ids[0], ids[2]]);
    expect(found.unreadable).toEqual([{ id: ids[1], refusal: { code: "UNKNOWN_STATE", subject: '"legal.hold"' } }]);
    expect(codeOf(await plain.complaints.get(ids[1]!))).toBe("UNKNOWN_STATE");
    expect(codeOf(await plain.complaints.execute({ id: ids[1]!, command: { type: "resume" }, actor: ann }))).toBe(
      "UNKNOWN_STATE",
    );
    expect(unwrap(await plain.complaints.timeline(ids[1]!)).items).toHaveLength(4);
  });
});

describe("get", () => {
  it("answers a copy", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    const mine = unwrap(await desk.complaints.get(id)) as { ownerId: unknown };
    mine.ownerId = "me";
    expect(unwrap(await desk.complaints.get(id)).ownerId).toBeNull();
  });

  it("refuses a name that none can have, and says when there is nobody of it", async () => {
    const { desk } = stage();
    for (const id of ["", 5, null, undefined, "x".repeat(201), "\ud800", "a\0"])
      expect(codeOf(await desk.complaints.get(id as never))).toBe("INVALID_INPUT");
    for (const id of ["__proto__", "constructor", "nobody"])
      expect(await desk.complaints.get(id)).toEqual({ ok: false, error: { code: "NOT_FOUND", subject: id } });
  });
});

describe("timeline", () => {
  it("is told page by page, the last page without a next one", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    for (let i = 0; i < 9; i++)
      await desk.complaints.execute({ id, command: { type: "note", input: { text: `${i}` } }, actor: ann });
    const seen: number[][] = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const page: { items: readonly { version: number }[]; next?: number } = unwrap(
        await desk.complaints.timeline(id, { after, limit: 5 }),
      );
      seen.push(page.items.map((e) => e.version));
      after = page.next;
    }
    expect(seen).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10],
    ]);
    expect(unwrap(await desk.complaints.timeline(id, { after: 10 }))).toEqual({ items: [] });
    expect(codeOf(await desk.complaints.timeline("nobody"))).toBe("NOT_FOUND");
    for (const page of [null, 5, { after: -1 }, { after: 1.5 }, { after: "1" }, { limit: 0 }, { limit: 1001 }])
      expect(codeOf(await desk.complaints.timeline(id, page as never))).toBe("INVALID_INPUT");
  });
});

describe("available", () => {
  it("says what each actor may do now", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    const names = async (actor: typeof ann) => unwrap(await desk.complaints.available(id, actor)).map((a) => a.command);
    expect(await names(boss)).toContain("reject");
    expect(await names(ann)).not.toContain("reject");
    expect(await names(customer)).toEqual(["contact", "withdraw"]);
    expect(await names({ kind: "customer", id: "c-8" })).toEqual([]);
    const handOver = unwrap(await desk.complaints.available(id, ann)).find((a) => a.command === "hand_over");
    expect(handOver).toMatchObject({ allowed: false, denials: [{ code: "NOT_OWNED" }] });
  });

  it("refuses a strange actor, and a record that is not there", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    expect(codeOf(await desk.complaints.available(id, { kind: "robot", id: "r" } as never))).toBe("INVALID_INPUT");
    expect(codeOf(await desk.complaints.available("nobody", ann))).toBe("NOT_FOUND");
  });
});
