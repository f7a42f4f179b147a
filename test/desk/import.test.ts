import { type ImportOutcome, policyRecord, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import { action } from "../../examples/plugins/corrective.js";
import { ann, fridge, stage, stageWithActions, start } from "./stage.js";

const on = (day: string, time = "09:00") => `2025-11-${day}T${time}:00.000Z`;
const said = <T extends object>(at: string, command: T) => ({ ...command, at, actor: ann });
const assessment = { nature: "product", scope: "general", severity: "normal" } as const;
const old = (id: string) => ({
  id,
  at: on("03"),
  actor: ann,
  input: fridge,
  commands: [
    said(on("04"), { type: "acknowledge" } as const),
    said(on("05"), { type: "assess", input: assessment } as const),
    said(on("06"), { type: "propose", input: { remedy: "repair", message: "Monday" } } as const),
  ],
});
const all = async (outcomes: AsyncIterable<ImportOutcome>) => {
  const list: ImportOutcome[] = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list;
};

describe("an import", () => {
  it("dates events when they happened and records them now, what time caused between them included", async () => {
    const { desk } = stage();
    expect(await all(desk.complaints.import([old("a")]))).toEqual([{ id: "a", outcome: "imported", version: 4 }]);
    const late = { ...old("b"), commands: [said(on("08"), { type: "acknowledge" } as const)] };
    await all(desk.complaints.import([late]));
    const { items } = unwrap(await desk.complaints.timeline("b"));
    expect(items.map((e) => [e.type, e.at])).toEqual([
      ["complaint.opened", on("03")],
      ["complaint.breached", on("05")],
      ["complaint.escalated", on("05")],
      ["complaint.acknowledged", on("08")],
    ]);
    expect(items.every((e) => e.recordedAt === start)).toBe(true);
    expect(unwrap(await desk.complaints.get("a"))).toMatchObject({ state: "proposed", openedAt: on("03"), version: 4 });
  });

  it("is found, woken, delivered and erased like any other record", async () => {
    const { desk } = stage();
    await all(desk.complaints.import([old("a")]));
    expect(unwrap(await desk.complaints.find({ where: { nature: "product" } })).items).toHaveLength(1);
    expect(await desk.sweep()).toMatchObject({ swept: 1 });
    expect(await desk.relay({ consumer: "c", publish: () => undefined })).toMatchObject({ failed: 0 });
    unwrap(await desk.people.erase("c-7"));
    expect(unwrap(await desk.complaints.get("a")).summary).toEqual({ erased: true });
  });

  it("can be run again, and goes on where it was broken off", async () => {
    const { desk } = stage();
    const signal = { aborted: false };
    const progress: number[] = [];
    const cases = Array.from({ length: 5 }, (_, i) => old(`case-${i}`));
    const onProgress = (done: number) => {
      progress.push(done);
      if (done === 2) signal.aborted = true;
    };
    expect(await all(desk.complaints.import(cases, { signal, onProgress }))).toHaveLength(2);
    const rest = await all(desk.complaints.import(cases));
    expect(rest.map((o) => o.outcome)).toEqual(["present", "present", "imported", "imported", "imported"]);
    expect(progress).toEqual([1, 2]);
    expect((await all(desk.complaints.import(cases))).every((o) => o.outcome === "present")).toBe(true);
    expect(unwrap(await desk.complaints.timeline("case-0")).items).toHaveLength(4);
  });

  it("streams: nothing is read ahead of what was taken", async () => {
    const { desk } = stage();
    let read = 0;
    async function* source() {
      for (let i = 0; i < 10; i++) {
        read++;
        yield old(`s-${i}`);
      }
    }
    for await (const outcome of desk.complaints.import(source())) if (outcome.id === "s-3") break;
    expect(read).toBe(4);
    expect(unwrap(await desk.complaints.find()).items).toHaveLength(4);
  });

  it("leaves out what is refused, whole, and says which command it was", async () => {
    const { desk } = stage();
    const refusals: readonly [object, number | "open", string][] = [
      [{ ...old("a"), input: { customerId: "c" } }, "open", "INVALID_INPUT"],
      [{ ...old("a"), at: "2025-11-03" }, "open", "INVALID_INPUT"],
      [{ ...old("a"), at: "2027-01-01T00:00:00.000Z" }, "open", "IN_THE_FUTURE"],
      [{ ...old("a"), actor: { kind: "ghost", id: "x" } }, "open", "INVALID_INPUT"],
      [{ ...old("a"), commands: 5 }, "open", "INVALID_INPUT"],
      [{ ...old("a"), commands: [null] }, 0, "INVALID_INPUT"],
      [{ ...old("a"), commands: [old("a").commands[1]] }, 0, "WRONG_STATE"],
      [{ ...old("a"), commands: [old("a").commands[0], { ...old("a").commands[1], at: "x" }] }, 1, "INVALID_INPUT"],
      [{ ...old("a"), commands: [said("2027-01-01T00:00:00.000Z", { type: "acknowledge" })] }, 0, "IN_THE_FUTURE"],
      [{ ...old("a"), commands: [said(on("02"), { type: "acknowledge" })] }, 0, "BACKDATED"],
    ];
    for (const [one, command, code] of refusals)
      expect(await all(desk.complaints.import([one] as never))).toMatchObject([
        { id: "a", outcome: "refused", command, refusal: { code } },
      ]);
    expect(await all(desk.complaints.import([old("ok"), null, { id: 5 }, old("too")] as never))).toMatchObject([
      { id: "ok", outcome: "imported" },
      { outcome: "refused", command: "open" },
      { id: "5", outcome: "refused", command: "open" },
      { id: "too", outcome: "imported" },
    ]);
    expect(unwrap(await desk.complaints.find()).items.map((r) => r.id)).toEqual(["ok", "too"]);
  });

  it("keeps the date of what was told later than it happened", async () => {
    const { desk } = stage();
    const note = { type: "note", input: { text: "He had called before" } } as const;
    const one = { ...old("a"), commands: [...old("a").commands, said(on("03", "12:00"), note)] };
    expect(await all(desk.complaints.import([one]))).toMatchObject([{ outcome: "imported", version: 5 }]);
    expect(unwrap(await desk.complaints.timeline("a")).items.at(-1)!.at).toBe(on("03", "12:00"));
  });

  it("runs no reaction again", async () => {
    const { desk } = stageWithActions();
    const one = {
      ...old("a"),
      commands: [
        ...old("a").commands,
        said(on("07"), { type: "accept", input: { words: "Yes" } } as const),
        said(on("08"), { type: "resolve", input: { outcome: "Done" } } as const),
      ],
    };
    expect(await all(desk.complaints.import([one]))).toMatchObject([{ outcome: "imported" }]);
    expect(unwrap(await desk.of(action).find()).items).toEqual([]);
  });

  it("takes no policies, and needs cases", async () => {
    const { desk } = stage();
    const policy = [{ id: "p", at: on("03"), actor: ann, input: { policy: {} } }];
    expect(await all(desk.of(policyRecord).import(policy as never))).toMatchObject([{ outcome: "refused" }]);
    for (const cases of [undefined, null, 5, {}])
      await expect(all(desk.complaints.import(cases as never))).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
    await expect(all(desk.complaints.import([], { onProgress: 5 } as never))).rejects.toMatchObject({
      code: "INVALID_OPTIONS",
    });
  });

  it("tells what went wrong with the source as it was told", async () => {
    const { desk } = stage();
    function* broken() {
      yield old("a");
      throw new Error("line 2 cannot be read");
    }
    await expect(all(desk.complaints.import(broken()))).rejects.toThrow("line 2");
    expect(unwrap(await desk.complaints.get("a")).version).toBe(4);
  });
});
