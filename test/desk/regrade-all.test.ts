import { createServiceRules, definePlugin, fact, gradingPolicy, linear, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { all, buys, customerOf, feed, outcomes, policy } from "./customers.js";
import { boss, counting, day, stage, start } from "./stage.js";

const gradeOf = async (desk: ReturnType<typeof stage>["desk"], id: string) => unwrap(await desk.grading.get(id)).grade;

describe("grading everybody", () => {
  it("gives what grading each at once gives, and writes nothing twice", async () => {
    const sizes = [0, 7, 8, 9, 30];
    const early = stage();
    unwrap(await early.desk.policies.adopt(policy()));
    const late = stage();
    for (const { desk } of [early, late]) for (const n of sizes) await customerOf(desk, `c${n}`, n);
    unwrap(await late.desk.policies.adopt(policy()));
    expect(outcomes(await all(late.desk.regradeAll()))).toEqual(sizes.map((n) => `c${n} changed`).sort());
    for (const n of sizes) {
      const natural = async ({ desk }: typeof early) => unwrap(await desk.grading.get(`c${n}`)).natural;
      expect(await natural(late)).toEqual(await natural(early));
    }
    for (const { desk } of [early, late])
      expect(outcomes(await all(desk.regradeAll()))).toEqual(sizes.map((n) => `c${n} unchanged`).sort());
  });

  it("does not so much as put what is as it was", async () => {
    const { desk, calls } = (() => {
      const { store } = stage();
      const counted = counting(store);
      return { ...stage({ store: counted.store }), calls: counted.calls };
    })();
    unwrap(await desk.policies.adopt(policy()));
    await customerOf(desk, "c1", 9);
    const before = { ...calls };
    await all(desk.regradeAll());
    expect([calls.puts, calls.appended]).toEqual([before.puts, before.appended]);
  });

  it("follows a new policy, keeps an override, and grades as a new fact would where the grading has ended", async () => {
    const { desk } = stage();
    unwrap(await desk.policies.adopt(policy()));
    for (const id of ["c1", "c2", "c3"]) await customerOf(desk, id, 8);
    const until = "2026-06-01T00:00:00.000Z";
    unwrap(
      await desk.grading.execute({
        id: "c2",
        actor: boss,
        command: { type: "override", input: { grade: "A", reason: "founder", until } },
      }),
    );
    unwrap(await desk.grading.execute({ id: "c3", actor: feed, command: { type: "end" } }));
    unwrap(await desk.policies.adopt(policy(2, 20)));
    expect(outcomes(await all(desk.regradeAll()))).toEqual(["c1 changed", "c2 changed", "c3 changed"]);
    expect([await gradeOf(desk, "c1"), await gradeOf(desk, "c2"), await gradeOf(desk, "c3")]).toEqual(["B", "A", "B"]);
    expect(unwrap(await desk.grading.get("c2")).natural?.grade).toBe("B");
    const [last] = unwrap(await desk.grading.timeline("c1")).items.slice(-1);
    expect(last).toMatchObject({ type: "grading.graded", actor: { kind: "system", id: "regrade_all" } });
  });

  it("sees that a day has passed", async () => {
    const { desk, clock } = stage();
    unwrap(
      await desk.policies.adopt(
        gradingPolicy.version({
          id: "recent",
          version: 1,
          from: start,
          body: {
            criteria: [linear.row({ id: "r", fact: "recency", args: { none: 100, full: 0 }, weight: 100 })],
            grades: [{ grade: "A", from: 0 }],
          },
        }),
      ),
    );
    await customerOf(desk, "c1");
    const input = { facts: { recency: "2026-01-01" }, source: "shop" };
    unwrap(await desk.customers.execute({ id: "c1", actor: feed, command: { type: "record_facts", input } }));
    expect(outcomes(await all(desk.regradeAll()))).toEqual(["c1 unchanged"]);
    clock.forward(day);
    expect(outcomes(await all(desk.regradeAll()))).toEqual(["c1 changed"]);
  });

  it("tells each that there is no policy", async () => {
    const { desk } = stage();
    await customerOf(desk, "c1", 5);
    expect(await all(desk.regradeAll())).toMatchObject([{ outcome: "refused", refusal: { code: "NO_POLICY" } }]);
  });

  it("tells whose fact a plugin cannot read, and goes on", async () => {
    const odd = fact("acme.odd", {
      revision: 1,
      value: z.int(),
      read: (n) => {
        if (n === 13) throw new Error("unlucky");
        return n;
      },
    });
    const rules = createServiceRules({ plugins: [definePlugin({ id: "acme", tokens: [odd] })] });
    const { desk } = stage({ rules: rules as never });
    for (const [i, n] of [1, 13, 2].entries()) {
      await customerOf(desk, `c${i}`);
      const input = { facts: { "acme.odd": n }, source: "shop" };
      unwrap(await desk.customers.execute({ id: `c${i}`, actor: feed, command: { type: "record_facts", input } }));
    }
    const body = {
      criteria: [linear.row({ id: "o", fact: "acme.odd", args: { none: 0, full: 10 }, weight: 1 })],
      grades: [{ grade: "A", from: 0 }],
    };
    unwrap(await desk.policies.adopt(gradingPolicy.version({ id: "odd", version: 1, from: start, body })));
    const items = await all(desk.regradeAll());
    expect(outcomes(items)).toEqual(["c0 changed", "c1 refused", "c2 changed"]);
    expect(items[1]).toMatchObject({ refusal: { code: "PLUGIN_FAULT", detail: expect.stringContaining("unlucky") } });
  });

  it("and new facts at the same time end with the grade of the newest", async () => {
    const { desk } = stage();
    const ids = Array.from({ length: 20 }, (_, i) => `c${i}`);
    for (const id of ids) await customerOf(desk, id, 1);
    unwrap(await desk.policies.adopt(policy()));
    const [items] = await Promise.all([
      all(desk.regradeAll()),
      all(desk.regradeAll()),
      Promise.all(ids.map((id) => buys(desk, id, 10))),
    ]);
    expect(items.filter((i) => i.outcome === "refused")).toEqual([]);
    for (const id of ids) expect(await gradeOf(desk, id)).toBe("A");
    expect((await all(desk.regradeAll())).every((i) => i.outcome === "unchanged")).toBe(true);
  });
});
