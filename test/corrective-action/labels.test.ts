import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { correctiveAction, correctiveActionLabels } from "../../src/corrective-action/index.js";
import { labelCatalogue } from "../../src/kernel/labels.js";
import { lifecycleDiagram } from "../../src/lifecycle/diagram.js";
import { coreLabels, corePlugin } from "../../src/rules/index.js";

const parts = ["states", "commands", "events", "refusals", "words"] as const;

describe("the words about corrective actions", () => {
  it("are there in both languages, each its own", () => {
    for (const part of parts) {
      const [en, zh] = [correctiveActionLabels.en[part], correctiveActionLabels["zh-CN"][part]];
      expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
      for (const [id, word] of Object.entries(en)) {
        expect([id, word.trim()]).toEqual([id, word]);
        expect(word).not.toBe("");
        expect([id, (zh as Record<string, string>)[id]]).toEqual([id, expect.stringMatching(/\p{Script=Han}/u)]);
      }
    }
  });

  it("are those of the field", () => {
    const words = labelCatalogue(...coreLabels);
    const zh = (id: string) => words.label("words", id, "zh-CN");
    expect(["corrective-action", "corrective-action/whys", "action/preventive", "action/containment"].map(zh)).toEqual([
      "纠正措施",
      "五个为什么",
      "预防措施",
      "遏制措施",
    ]);
    expect([zh("corrective-action/cause"), zh("clock/effectiveness")]).toEqual(["发生的根本原因", "有效性验证"]);
  });

  it("are left out of the diagram in its guide, which is the one that the code draws", () => {
    const guide = readFileSync(new URL("../../docs/corrective-actions.md", import.meta.url), "utf8");
    const shown = guide.replaceAll("\r\n", "\n").match(/```mermaid\n([^`]*)\n```/)?.[1];
    expect(shown).toBe(lifecycleDiagram(correctiveAction, corePlugin.tokens));
  });

  it("label its diagram", () => {
    const words = labelCatalogue(...coreLabels);
    const drawn = lifecycleDiagram(correctiveAction, corePlugin.tokens, (part, id) => words.label(part, id, "zh-CN"));
    expect(drawn).not.toMatch(/corrective-action\//);
    expect(drawn).toContain("有效性观察中");
  });
});
