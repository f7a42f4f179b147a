import { createServiceDesk, memoryStore, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import { all, customerOf, outcomes, policy } from "./customers.js";
import { handClock, stage } from "./stage.js";

async function crowd(size: number, more: object = {}) {
  const made = stage(more);
  unwrap(await made.desk.policies.adopt(policy()));
  for (let i = 0; i < size; i++) {
    await customerOf(made.desk, `c${String(i).padStart(4, "0")}`);
    made.clock.forward(1000);
  }
  return made;
}

describe("a batch", () => {
  it("goes through more than a page, the oldest first, and tells its progress before each answer", async () => {
    const { desk } = await crowd(250);
    const told: { readonly done: number; readonly changed: number }[] = [];
    let answered = 0;
    for await (const item of desk.regradeAll({ onProgress: (p) => told.push(p) })) {
      expect([item.id, item.outcome]).toEqual([`c${String(answered).padStart(4, "0")}`, "changed"]);
      expect(told).toHaveLength(++answered);
    }
    expect(told.at(-1)).toEqual({ done: 250, changed: 250 });
    told.length = 0;
    await all(desk.regradeAll({ onProgress: (p) => told.push(p) }));
    expect(told.at(-1)).toEqual({ done: 250, changed: 0 });
  });

  it("stops between two records when it is called off, and goes on where it was", async () => {
    const { desk } = await crowd(230);
    const signal = { aborted: false };
    const first = [];
    for await (const item of desk.regradeAll({ signal })) {
      first.push(item);
      if (first.length === 150) signal.aborted = true;
    }
    expect(first).toHaveLength(150);
    const { cursor } = first.at(-1)!;
    expect(cursor).toBeTypeOf("string");
    const rest = await all(desk.regradeAll({ after: cursor! }));
    expect(rest.filter((i) => i.outcome === "unchanged")).toHaveLength(50);
    expect(rest.filter((i) => i.outcome === "changed")).toHaveLength(80);
    expect(new Set([...first, ...rest].map((i) => i.id)).size).toBe(230);
    expect((await all(desk.regradeAll())).every((i) => i.outcome === "unchanged")).toBe(true);
  });

  it("does nothing when it was called off before, takes an AbortSignal, and ends where nobody wants more", async () => {
    const { desk } = await crowd(3);
    expect(await all(desk.regradeAll({ signal: AbortSignal.abort() }))).toEqual([]);
    for await (const item of desk.regradeAll()) {
      expect(item.id).toBe("c0000");
      break;
    }
    expect(outcomes(await all(desk.regradeAll()))).toEqual(["c0000 unchanged", "c0001 changed", "c0002 changed"]);
  });

  it("of nobody is over at once", async () => {
    expect(await all((await crowd(0)).desk.regradeAll())).toEqual([]);
  });

  it("keeps to its tenant", async () => {
    const desk = createServiceDesk({ store: memoryStore(), clock: handClock().now });
    const other = desk.tenant("other");
    for (const one of [desk, other]) {
      unwrap(await one.policies.adopt(policy()));
      unwrap(await one.customers.open({ id: "c1", input: {}, actor: { kind: "system", id: "shop" } }));
    }
    expect(outcomes(await all(other.regradeAll()))).toEqual(["c1 changed"]);
    expect((await desk.grading.get("c1")).ok).toBe(false);
  });

  it("is watched as one door", async () => {
    const doors: string[] = [];
    const { desk } = await crowd(2, { observe: (span: { readonly door: string }) => doors.push(span.door) });
    doors.length = 0;
    await all(desk.regradeAll());
    expect(doors).toEqual(["regradeAll"]);
  });

  it.each([
    {
      signal: {
        get aborted(): boolean {
          throw new Error("no");
        },
      },
    },
    { after: 5 },
    { after: "somewhere" },
    { onProgress: "yes" },
    null,
    5,
  ])("with options that are none is the program's mistake", async (options) => {
    const { desk } = await crowd(1);
    await expect(all(desk.regradeAll(options as never))).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
  });

  it("lets the faults of a store through, having kept what was done", async () => {
    const inner = memoryStore();
    let units = 0;
    let faulty = false;
    const store: typeof inner = {
      ...inner,
      transaction: (work, options) => {
        if (faulty && ++units === 3) throw new Error("the line is dead");
        return inner.transaction(work, options);
      },
    };
    const { desk } = await crowd(3, { store });
    faulty = true;
    await expect(all(desk.regradeAll())).rejects.toThrow("the line is dead");
    faulty = false;
    expect(outcomes(await all(desk.regradeAll()))).toEqual(["c0000 unchanged", "c0001 changed", "c0002 changed"]);
  });
});
