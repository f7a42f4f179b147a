import { describe, expect, it } from "vitest";
import { complaintReportLabels, recoveryAssumptions } from "../../src/complaint/index.js";
import { labelCatalogue } from "../../src/kernel/labels.js";

describe("the words of judgements and reports", () => {
  const { en, "zh-CN": zh } = complaintReportLabels;

  it("are there in both languages, each its own", () => {
    expect(Object.keys(zh.words).toSorted()).toEqual(Object.keys(en.words).toSorted());
    for (const [id, word] of Object.entries(en.words)) {
      expect([id, word.trim()]).toEqual([id, word]);
      expect(word).not.toBe("");
      expect((zh.words as Record<string, string>)[id]).toMatch(/\p{Script=Han}/u);
    }
  });

  it("say no two things alike", () => {
    for (const { words } of [en, zh]) expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length);
  });

  it("name every assumption, and the five words of the practice", () => {
    const catalogue = labelCatalogue(complaintReportLabels);
    for (const { id } of recoveryAssumptions) expect(catalogue.has("words", `assumption/${id}`, "zh-CN")).toBe(true);
    const five = ["timely", "fast", "decisive", "thorough", "thankful"];
    expect(five.map((word) => catalogue.label("words", `judgement/${word}`, "zh-CN"))).toEqual([
      "及时",
      "快速",
      "果断",
      "彻底",
      "感谢",
    ]);
  });
});
