import { describe, expect, it } from "vitest";
import { followUp, followUpLabels } from "../../src/follow-up/index.js";
import { labelCatalogue } from "../../src/kernel/labels.js";
import { lifecycleDiagram } from "../../src/lifecycle/diagram.js";
import { coreLabels, corePlugin } from "../../src/rules/index.js";

const parts = ["states", "commands", "events", "refusals", "words"] as const;

describe("the words about follow-ups", () => {
  it("are there in both languages, each its own", () => {
    for (const part of parts) {
      expect(Object.keys(followUpLabels["zh-CN"][part]).sort()).toEqual(Object.keys(followUpLabels.en[part]).sort());
      for (const [id, word] of Object.entries(followUpLabels.en[part])) {
        expect(word.trim()).not.toBe("");
        expect((followUpLabels["zh-CN"][part] as Record<string, string>)[id]).toMatch(/\p{Script=Han}/u);
      }
    }
  });

  it("name every state, command and event of the core", () => {
    const words = labelCatalogue(...coreLabels);
    const tokens = corePlugin.tokens.filter((t) => t.of === "follow-up");
    const partOf: Readonly<Record<string, readonly [(typeof parts)[number], string]>> = {
      state: ["states", "follow-up/"],
      transition: ["commands", "follow-up/"],
      event: ["events", ""],
    };
    for (const { token, id } of tokens)
      for (const language of ["en", "zh-CN"]) {
        const [part, prefix] = partOf[token] ?? [];
        if (part !== undefined) expect([id, words.has(part, `${prefix}${id}`, language)]).toEqual([id, true]);
      }
  });

  it("label its diagram", () => {
    const words = labelCatalogue(...coreLabels);
    expect(lifecycleDiagram(followUp, corePlugin.tokens, (part, id) => words.label(part, id, "zh-CN"))).not.toMatch(
      /follow-up\//,
    );
  });
});
