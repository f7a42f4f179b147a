import { describe, expect, it } from "vitest";
import { labelCatalogue } from "../../src/kernel/labels.js";
import { lifecycleDiagram } from "../../src/lifecycle/diagram.js";
import { coreLabels, corePlugin } from "../../src/rules/index.js";
import { satisfaction, satisfactionLabels } from "../../src/satisfaction/index.js";

const parts = ["states", "commands", "events", "refusals", "words"] as const;

describe("the words about satisfaction", () => {
  it("are there in both languages, each its own", () => {
    for (const part of parts) {
      expect(Object.keys(satisfactionLabels["zh-CN"][part]).sort()).toEqual(
        Object.keys(satisfactionLabels.en[part]).sort(),
      );
      for (const [id, word] of Object.entries(satisfactionLabels.en[part])) {
        expect(word.trim()).not.toBe("");
        expect((satisfactionLabels["zh-CN"][part] as Record<string, string>)[id]).toMatch(/\p{Script=Han}/u);
      }
    }
  });

  it("name every state, command, event and question of the core", () => {
    const words = labelCatalogue(...coreLabels);
    const tokens = corePlugin.tokens.filter((t) => t.of === "satisfaction");
    const partOf: Readonly<Record<string, readonly [(typeof parts)[number], string]>> = {
      state: ["states", "satisfaction/"],
      transition: ["commands", "satisfaction/"],
      event: ["events", ""],
      question: ["words", "question/"],
    };
    for (const { token, id } of tokens)
      for (const language of ["en", "zh-CN"]) {
        const [part, prefix] = partOf[token] ?? [];
        if (part !== undefined) expect([id, words.has(part, `${prefix}${id}`, language)]).toEqual([id, true]);
      }
  });

  it("label its diagram", () => {
    const words = labelCatalogue(...coreLabels);
    expect(lifecycleDiagram(satisfaction, corePlugin.tokens, (part, id) => words.label(part, id, "zh-CN"))).not.toMatch(
      /satisfaction\//,
    );
  });
});
