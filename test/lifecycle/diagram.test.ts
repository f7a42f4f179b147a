import { describe, expect, it } from "vitest";
import { lifecycleDiagram } from "../../src/lifecycle/diagram.js";
import { tokens, visit } from "./visit.js";

describe("the diagram of a life", () => {
  const drawn = `stateDiagram-v2
  state "done" as s0
  state "overdue" as s1
  state "parts" as s2
  state "planned" as s3
  state "under_way" as s4
  state "weather" as s5
  state "where it was" as previous
  [*] --> s3
  s1 --> s2: await_parts
  s3 --> s2: await_parts
  s4 --> s2: await_parts
  s1 --> s5: await_weather
  s2 --> s5: await_weather
  s3 --> s5: await_weather
  s4 --> s5: await_weather
  s5 --> s5: await_weather
  s1 --> s0: finish
  s4 --> s0: finish
  s2 --> previous: go_on
  s5 --> previous: go_on
  s3 --> s4: start
  s0 --> [*]
  s2 --> previous: (deadline)
  s4 --> s1: (deadline)
  s5 --> previous: (deadline)`;

  it("shows states, moves, returns and deadlines, in any order of tokens", () => {
    expect(lifecycleDiagram(visit, tokens)).toBe(drawn);
    expect(lifecycleDiagram(visit, [...tokens].reverse())).toBe(drawn);
  });

  it("is labelled for people, and a label cannot break it", () => {
    const label = (part: string, id: string) => `${part} "${id}":\nx`;
    const lines = lifecycleDiagram(visit, tokens, label).split("\n");
    expect(lines[1]).toBe(`  state "states 'visit/done'  x" as s0`);
    expect(lines).toContain('  s3 --> s4: commands "visit/start"  x');
  });

  it("has no place to go back to where nothing pauses, and leaves out what is not installed", () => {
    const open = tokens.filter((t) => !["parts", "weather", "overdue", "planned"].includes(t.id));
    const lines = lifecycleDiagram(visit, open);
    expect(lines).toBe(`stateDiagram-v2
  state "done" as s0
  state "under_way" as s1
  [*] --> [*]
  s1 --> s0: finish
  s0 --> [*]`);
  });
});
