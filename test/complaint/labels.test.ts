import { describe, expect, it } from "vitest";
import { complaint, complaintLabels } from "../../src/complaint/index.js";
import { labelCatalogue } from "../../src/kernel/labels.js";
import { lifecycleDiagram } from "../../src/lifecycle/diagram.js";
import { missingLabels } from "../../src/plugin/missing-labels.js";
import { coreLabels, corePlugin } from "../../src/rules/index.js";

const parts = ["states", "commands", "events", "refusals", "words"] as const;

describe("the words about complaints", () => {
  it("are there in both languages, each its own", () => {
    for (const part of parts) {
      expect(Object.keys(complaintLabels["zh-CN"][part]).sort()).toEqual(Object.keys(complaintLabels.en[part]).sort());
      for (const [id, word] of Object.entries(complaintLabels.en[part])) {
        expect([id, word.trim()]).toEqual([id, word]);
        expect(word).not.toBe("");
        expect((complaintLabels["zh-CN"][part] as Record<string, string>)[id]).toMatch(/\p{Script=Han}/u);
      }
    }
  });

  it("leave no token of the core without one", () => {
    for (const language of ["en", "zh-CN"]) {
      const labels = Object.fromEntries(
        parts.map((part) => [part, Object.assign({}, ...coreLabels.map((book) => book[language]?.[part] ?? {}))]),
      );
      expect(missingLabels({ ...corePlugin, labels: { [language]: labels } } as never)).toEqual([]);
    }
  });

  it("label its diagram", () => {
    const words = labelCatalogue(...coreLabels);
    const drawn = lifecycleDiagram(complaint, corePlugin.tokens, (part, id) => words.label(part, id, "zh-CN"));
    expect(drawn).not.toMatch(/complaint\//);
  });
});
