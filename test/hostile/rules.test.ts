import { describe, expect, it } from "vitest";
import { complaint, createServiceRules, type Event, unwrap } from "../../src/index.js";
import { assault, type Probe } from "./corpus.js";
import { ann, context, input, now, plugin, policy } from "./doors.js";

const rules = createServiceRules({ plugins: [plugin()] as never }) as ReturnType<typeof createServiceRules>;
const doors = rules.complaints;
const { next: record, events } = unwrap(doors.open({ id: "c1", input }, context()));
const rest = { id: "main/complaint/c1/1", tenant: "main", recordedAt: now, correlation: "main/complaint/c1/1" };
const opened = { ...events[0]!, ...rest } as Event;
const paused = unwrap(doors.decide(record, { type: "acme.park", input: { words: "x" } } as never, context()));
const note = { type: "note", input: { text: "x" } } as const;

/** Every method of `rules`. */
const ofRules: Record<string, Probe> = {
  of: { call: (kind) => rules.of(kind).indexes, sound: () => [complaint], depth: 1 },
  doors: { call: (kind) => rules.doors(kind)?.indexes, sound: () => ["complaint"] },
  react: { call: rules.react, sound: () => [opened, record, context()], whole: ["2.book"] },
  installed: { call: rules.installed, sound: () => ["transition", "note"] },
  readPolicy: { call: rules.readPolicy, sound: () => [policy()], depth: 5 },
};
/** Every method of the doors of a kind; records with and without a pause and a slot. */
const records = { fresh: record, paused: paused.next };
const ofDoors = (stored: typeof record): Record<string, Probe> => ({
  open: { call: doors.open, sound: () => [{ id: "c1", input }, context()], whole: ["1.book"] },
  decide: {
    call: doors.decide,
    sound: () => [stored, { ...note, at: now }, context(), [opened]],
    whole: ["2.book"],
    depth: 4,
  },
  sweep: {
    call: doors.sweep,
    sound: () => [stored, { ...context(), now: "2026-03-01T00:00:00.000Z" }],
    whole: ["1.book"],
  },
  clocks: { call: doors.clocks, sound: () => [stored, context()], whole: ["1.book"] },
  available: { call: doors.available, sound: () => [stored, context()], whole: ["1.book"] },
  evolve: { call: doors.evolve, sound: () => [stored, paused.events[0]], depth: 4 },
  wakeAt: { call: doors.wakeAt, sound: () => [stored, context().book], whole: ["1"] },
  revive: { call: doors.revive, sound: () => [stored], depth: 4 },
  personalInRecord: { call: doors.personalInRecord, sound: () => [stored], depth: 4 },
  personalInEvent: { call: doors.personalInEvent, sound: () => [opened, stored] },
  readsTimeline: { call: doors.readsTimeline, sound: () => ["note"] },
  owner: { call: doors.owner, sound: () => [stored] },
  phase: { call: doors.phase, sound: () => [stored] },
});

const methods = (door: object) =>
  Object.entries(door)
    .flatMap(([name, value]) => (typeof value === "function" ? [name] : []))
    .sort();

it("no method is left out", () => {
  // Doors of several records at once have their own tests, with the sound arguments of their concept.
  const concepts = ["grade", "regrade", "plan"];
  expect(methods(rules).filter((name) => !(name in ofRules) && !concepts.some((c) => name.startsWith(c)))).toEqual([]);
  expect(methods(doors).filter((name) => !(name in ofDoors(record)))).toEqual([]);
});

describe("rules take anything", () => {
  it.each(Object.entries(ofRules))("%s", async (name, probe) => {
    expect(await assault(`rules.${name}`, probe)).toEqual([]);
  });
});

describe.each(Object.entries(records))("the doors of a kind take anything, from a %s record", (_, stored) => {
  it.each(Object.entries(ofDoors(stored)))("%s", async (name, probe) => {
    expect(await assault(`doors.${name}`, probe)).toEqual([]);
  });
});

it("every command takes any input, and any place of a sound one", async () => {
  const found: string[] = [];
  for (const { id } of rules.tokens.filter((t) => t.token === "transition" && t.of === "complaint"))
    for (const from of [record, paused.next]) {
      const call = (given: unknown) => doors.decide(from, { type: id, input: given } as never, context());
      const words = { text: "x", words: "x", reason: "x", question: "x", channel: "web", ownerId: "o", to: "p" };
      found.push(...(await assault(id, { call, sound: () => [words], depth: 1, few: true })));
    }
  expect(found).toEqual([]);
});

it("commands of other kinds, and orders, are unknown", () => {
  for (const type of ["open", "capa.finish", "policy.opened", "complaint.opened", "complaint/note", "", "__proto__"])
    expect(doors.decide(record, { type } as never, context())).toMatchObject({ error: { code: "UNKNOWN_COMMAND" } });
  expect(
    rules.of(complaint).decide({ ...record, kind: "policy" } as never, note, { ...context(), actor: ann }),
  ).toMatchObject({ error: { code: "INVALID_RECORD" } });
});
