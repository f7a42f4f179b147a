import { describe, expect, it } from "vitest";
import { labelCatalogue } from "../../src/kernel/labels.js";
import { coreLabels } from "../../src/rules/labels.js";

const words = labelCatalogue(...coreLabels);

describe("labels", () => {
  it("are found by part, id and language; what has none is answered by its id", () => {
    expect(words.label("states", "complaint/received", "en")).toBe("Received");
    expect(words.label("states", "complaint/received", "zh-CN")).toBe("已受理");
    expect(words.label("states", "complaint/received", "tlh")).toBe("complaint/received");
    for (const id of ["constructor", "__proto__", "toString"]) {
      expect(words.label("states", id, "en")).toBe(id);
      expect(words.label("states", "x", id)).toBe("x");
    }
    expect(words.has("states", "complaint/received", "en")).toBe(true);
    expect(words.has("states", "constructor", "en")).toBe(false);
    expect(words.languages).toEqual(["en", "zh-CN"]);
  });

  it("of a host replace those of the core", () => {
    const own = labelCatalogue(...coreLabels, { en: { states: { "complaint/received": "New" } } });
    expect(own.label("states", "complaint/received", "en")).toBe("New");
    expect(own.label("states", "complaint/closed", "en")).toBe("Closed");
  });

  it("are the same for both languages of the core", () => {
    const keys = (language: string) =>
      coreLabels.flatMap((book) =>
        Object.entries(book[language] ?? {}).flatMap(([part, labels]) =>
          Object.keys(labels).map((id) => `${part} ${id}`),
        ),
      );
    expect(keys("zh-CN").sort()).toEqual(keys("en").sort());
    expect(new Set(keys("en")).size).toBe(keys("en").length);
  });
});

describe("the reasons of a refusal", () => {
  it("name who may, in words", () => {
    const may = [
      { permit: "deciding", actors: ["staff"], roles: ["manager"], own: false },
      { permit: "complaining", actors: ["customer"], roles: "any", own: true },
      { permit: "acme.all", actors: "anyone", roles: "any", own: false },
    ] as const;
    expect(words.reasons({ code: "NOT_PERMITTED", command: "reject", may }, "en")).toEqual([
      "You are not permitted to do this.",
      "Allowed for: staff (manager)",
      "Allowed for: the customer in their own case",
      "Allowed for: anyone",
    ]);
  });

  it("name the states in which it is possible", () => {
    const refusal = {
      code: "WRONG_STATE",
      kind: "complaint",
      state: "closed",
      command: "propose",
      accepts: ["assessed", "investigating"],
    } as const;
    expect(words.reasons(refusal, "en")[1]).toBe("Possible when: Assessed, Investigating");
    expect(words.reasons(refusal, "zh-CN")[1]).toBe("可执行的状态： 已评估, 调查中");
  });

  it("tell every denial, every issue, and what a reaction met", () => {
    const denied = { code: "DENIED", denials: [{ code: "HIGHEST_LEVEL" }, { code: "acme.OWN" }] } as const;
    expect(words.reasons(denied, "en")).toEqual([
      "This is not possible now.",
      "The highest level is reached already.",
      "acme.OWN",
    ]);
    const issues = [
      { path: "", code: "custom", message: "all wrong" },
      { path: "a.b", code: "custom", message: "too long" },
    ];
    expect(words.reasons({ code: "INVALID_INPUT", issues }, "en").slice(1)).toEqual(["all wrong", "a.b: too long"]);
    expect(words.reasons({ code: "REACTION_REFUSED", reaction: "r", because: denied }, "en")).toHaveLength(4);
  });
});
