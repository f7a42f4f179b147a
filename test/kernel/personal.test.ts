import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { isErased, marksIn, personal, personalPaths } from "../../src/kernel/personal.js";

const schema = z.object({
  words: personal(z.string()),
  wish: z.nullable(personal(z.string())),
  later: z.optional(personal(z.string())),
  author: z.optional(personal(z.string(), { of: "authorId" })),
  authorId: z.optional(z.string()),
  notes: z.optional(z.array(z.object({ text: personal(z.string()), n: z.number() }))),
  byName: z.optional(z.record(z.string(), personal(z.string()))),
  plain: z.optional(z.string()),
});
const paths = personalPaths(schema);
const marks = (value: unknown, owner: string | undefined = "c-7") => marksIn(paths, value, owner);

describe("personal fields", () => {
  it("take their value or the trace of one, and nothing else", () => {
    expect(schema.parse({ words: "x", wish: null }).words).toBe("x");
    expect(isErased(schema.parse({ words: { erased: true }, wish: null }).words)).toBe(true);
    expect(() => schema.parse({ words: 3, wish: null })).toThrow();
    expect(isErased({ erased: false })).toBe(false);
    expect(isErased(null)).toBe(false);
  });

  it("are found wherever they sit, also in lists and records, and belong to the owner or to whom the field beside says", () => {
    const value = {
      words: "a",
      wish: "b",
      author: "Ann",
      authorId: "ann",
      notes: [
        { text: "one", n: 1 },
        { text: "two", n: 2 },
      ],
      byName: { x: "y" },
      plain: "not personal",
    };
    const found = marks(value).map(({ path, person }) => `${person}:${path.join(".")}`);
    expect(found.sort()).toEqual(
      ["ann:author", "c-7:byName.x", "c-7:notes.0.text", "c-7:notes.1.text", "c-7:wish", "c-7:words"].sort(),
    );
  });

  it("belong to whom the field beside says, also in an element of a list, and where a list or a record is beside it", () => {
    const author = personal(z.string(), { of: "by" });
    const nested = z.object({
      by: z.string(),
      notes: z.array(z.object({ by: z.string(), text: author, tags: z.array(z.nullable(author)) })),
      words: z.array(z.array(author)),
      named: z.record(z.string(), author),
    });
    const value = {
      by: "eve",
      notes: [
        { by: "ann", text: "a", tags: ["b", null] },
        { by: "bob", text: "c", tags: [] },
      ],
      words: [["d"], ["e", "f"]],
      named: { by: "g" },
    };
    const found = marksIn(personalPaths(nested), nested.parse(value), "owner");
    expect(found.map(({ path, person }) => `${person}:${path.join(".")}`).sort()).toEqual([
      "ann:notes.0.tags.0",
      "ann:notes.0.text",
      "bob:notes.1.text",
      "eve:named.by",
      "eve:words.0.0",
      "eve:words.1.0",
      "eve:words.1.1",
    ]);
  });

  it("are not marked where there is no value, no person, or nothing left to seal", () => {
    expect(marks({ words: { erased: true }, wish: null })).toEqual([]);
    expect(marksIn(paths, { words: "a", wish: "b" }, undefined)).toEqual([]);
    expect(marks({ author: "Ann" }).map((m) => m.person)).toEqual([]);
    expect(marks(null)).toEqual([]);
    expect(marks("a text")).toEqual([]);
  });
});
