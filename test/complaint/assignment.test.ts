import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  type AssignmentRow,
  assignment,
  assignmentRule,
  byLanguage,
  byLoad,
  bySkill,
  type Candidate,
  type Ownerless,
  rankOwners,
} from "../../src/complaint/index.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Installed } from "../../src/kernel/token.js";
import { noon } from "../given.js";

const odd = assignmentRule("acme.odd", {
  revision: 3,
  args: z.object({ answer: z.unknown() }),
  suits:
    ({ answer }) =>
    () => {
      if (answer === "throw") throw new Error("no idea");
      return answer as number;
    },
});
const installed: Installed = (token, id) =>
  token === "assignment" ? [bySkill, byLanguage, byLoad, odd].find((one) => one.id === id) : undefined;
const ranked = (rows: readonly AssignmentRow[], complaint: Ownerless, candidates: readonly Candidate[]) =>
  unwrap(rankOwners({ rows }, installed, complaint, candidates)).map(({ id, points }) => [id, points]);
const skill = (required?: boolean) => bySkill.row({ id: "skill", weight: 3, args: { required } });
const load = byLoad.row({ id: "load", weight: 1, args: {} });

describe("owners", () => {
  it("are found by what they know of: category, nature or subject", () => {
    const staff = [
      { id: "a", skills: ["fridge"] },
      { id: "b", skills: ["product"] },
      { id: "c", skills: ["p-9"] },
      { id: "d" },
    ];
    const complaint = { category: "fridge", nature: "product", subject: "p-9" } as const;
    expect(ranked([skill()], complaint, staff)).toEqual([
      ["a", 3e6],
      ["b", 3e6],
      ["c", 3e6],
      ["d", 0],
    ]);
    expect(ranked([skill(true)], complaint, staff)).toEqual([
      ["a", 3e6],
      ["b", 3e6],
      ["c", 3e6],
    ]);
    expect(ranked([skill(true)], {}, staff)).toEqual([]);
  });

  it("speak the customer's language, where it is known", () => {
    const speaks = byLanguage.row({ id: "language", weight: 2, args: { required: true } });
    const staff = [
      { id: "a", languages: ["de"] },
      { id: "b", languages: ["zh-CN", "en"] },
    ];
    expect(ranked([speaks], { language: "en" }, staff)).toEqual([["b", 2e6]]);
    expect(ranked([speaks], {}, staff)).toEqual([
      ["a", 2e6],
      ["b", 2e6],
    ]);
  });

  it("have room: by the free share of what they can take, and nobody who is full", () => {
    const staff = [
      { id: "full", load: 4, capacity: 4 },
      { id: "half", load: 2, capacity: 4 },
      { id: "third", load: 2, capacity: 3 },
      { id: "free", load: 0, capacity: 4 },
      { id: "none", capacity: 0 },
      { id: "unbounded", load: 50 },
    ];
    expect(ranked([load], {}, staff)).toEqual([
      ["free", 1e6],
      ["unbounded", 1e6],
      ["half", 500_000],
      ["third", 333_333],
    ]);
  });

  it("of equal points come by load, then by id, whatever their order", () => {
    const staff = ["d", "b", "c", "a"].map((id, i) => ({ id, load: i % 2 }));
    fc.assert(
      fc.property(fc.shuffledSubarray(staff, { minLength: 4 }), (list) => {
        expect(ranked([skill()], {}, list).map(([id]) => id)).toEqual(["c", "d", "a", "b"]);
      }),
    );
  });

  it("are explained: the contributions make the points", () => {
    const staff = [{ id: "a", skills: ["product"], load: 1, capacity: 4 }];
    const [first] = unwrap(rankOwners({ rows: [skill(), load] }, installed, { nature: "product" }, staff));
    expect(first).toEqual({
      id: "a",
      points: 3_750_000,
      contributions: [
        { id: "skill", points: 3e6 },
        { id: "load", points: 750_000 },
      ],
    });
  });

  it("are not found by rules that are not there, of another revision, given other arguments, or at fault", () => {
    const refused = (row: AssignmentRow) => {
      const answer = rankOwners({ rows: [row] }, installed, {}, [{ id: "a" }]);
      return answer.ok ? "ok" : answer.error.code;
    };
    const row = (rule: string, args: unknown = {}) => ({ id: "r", rule, args, weight: 1 });
    expect(refused(row("acme.none@1"))).toBe("UNKNOWN_REFERENCE");
    expect(refused(row("by_load@2"))).toBe("OTHER_REVISION");
    expect(refused(row("by_skill@1", { required: "yes" }))).toBe("INVALID_INPUT");
    for (const answer of ["throw", -1, 1.5, 1_000_001, Number.NaN, "much", undefined])
      expect([answer, refused(row("acme.odd@3", { answer }))]).toEqual([answer, "PLUGIN_FAULT"]);
    expect(refused(row("acme.odd@3", { answer: 1_000_000 }))).toBe("ok");
  });

  it("are a policy, which names its rules", () => {
    const policy = assignment.version({ id: "s", version: 1, from: noon, body: { rows: [skill(), load] } });
    expect(assignment["~def"].names!(policy.body as never)).toEqual([
      { token: "assignment", of: "complaint", id: "by_skill@1", args: {} },
      { token: "assignment", of: "complaint", id: "by_load@1", args: {} },
    ]);
    const twice = { id: "s", version: 1, from: noon, body: { rows: [skill(), skill()] } };
    expect(() => assignment.version(twice)).toThrow(/one id/);
  });
});
