import { describe, expect, it } from "vitest";
import {
  createServiceDesk,
  createServiceRules,
  invitationTo,
  type KindDesk,
  memoryStore,
  policyRecord,
  unwrap,
} from "../../src/index.js";
import { policies } from "./concepts.js";
import { assault, type Probe } from "./corpus.js";
import { ann, input, now, plugin, policy } from "./doors.js";

let ids = 0;
const rules = createServiceRules({ plugins: [plugin()] as never }) as ReturnType<typeof createServiceRules>;
const store = memoryStore();
const desk = createServiceDesk({
  store,
  rules,
  clock: () => now,
  newId: () => `n${++ids}`,
  pause: async () => undefined,
});
const { id } = unwrap(await desk.complaints.open({ input, actor: ann }));
for (const make of Object.values(policies)) unwrap(await desk.policies.adopt(make(), { actor: ann }));
const system = { kind: "system", id: "feed" } as const;
const facts = { frequency: 4, revenue: { amount: 5, currency: "EUR" } };
const recordFacts = { type: "record_facts", input: { facts, source: "shop" } } as const;
const customer = unwrap(await desk.customers.open({ input: { name: "Li Na" }, actor: ann })).id;
unwrap(await desk.customers.execute({ id: customer, command: { type: "sign" }, actor: ann }));
unwrap(await desk.customers.execute({ id: customer, command: recordFacts, actor: system }));
const invitation = invitationTo(
  policies.survey(),
  { customerId: customer, subject: { kind: "order", id: "o-1" } },
  "2026-01-05T09:00:00.000Z",
);
const invited = unwrap(await desk.satisfaction.open({ input: invitation, actor: system })).id;
const planned = await (async () => {
  const window = { plan: "p", from: "2026-01-05", to: "2026-02-05" };
  for await (const item of desk.planAll(window)) expect(item).toMatchObject({ outcome: "changed" });
  return unwrap(await desk.followUps.find({ where: { customerId: customer } })).items[0]!;
})();
const problem = { problem: "Torn seals", complaintIds: ["c-1", "c-2"], cause: "cold", escape: null, ownerId: "ann" };
const capa = unwrap(await desk.correctiveActions.open({ input: problem, actor: system })).id;
let commands = 0;
const noop = () => undefined;

const ofKind: Record<string, Probe> = {
  open: {
    call: desk.complaints.open,
    sound: () => [{ input, actor: ann, commandId: `o${++commands}` }],
    depth: 4,
    few: true,
  },
  execute: {
    call: desk.complaints.execute,
    sound: () => [
      { id, command: { type: "note", input: { text: "x" } }, actor: ann, commandId: `e${++commands}`, at: now },
    ],
    depth: 4,
  },
  get: { call: desk.complaints.get, sound: () => [id] },
  find: {
    call: desk.complaints.find,
    sound: () => [
      { where: { customerId: "c-7" }, orderBy: "openedAt", descending: true, limit: 2, after: '["a","b"]' },
    ],
  },
  timeline: { call: desk.complaints.timeline, sound: () => [id, { after: 0, limit: 2 }] },
  available: { call: desk.complaints.available, sound: () => [id, ann] },
  clocks: { call: desk.complaints.clocks, sound: () => [id] },
  rebuild: { call: desk.complaints.rebuild, sound: () => [id] },
  import: {
    call: desk.complaints.import,
    sound: () => [
      [{ id: "old", at: now, actor: ann, input, commands: [{ type: "acknowledge", at: now, actor: ann }] }],
      { signal: { aborted: false }, onProgress: noop },
    ],
    depth: 5,
    few: true,
  },
};
const ofDesk: Record<string, Probe> = {
  of: { call: (kind) => desk.of(kind).get("x"), sound: () => [policyRecord], depth: 1 },
  sweep: { call: desk.sweep, sound: () => [{ limit: 2, leaseMs: 5, signal: { aborted: false } }] },
  relay: {
    call: desk.relay,
    sound: () => [{ consumer: "c", publish: noop, limit: 2, attempts: 2, leaseMs: 5, signal: { aborted: false } }],
  },
  prune: { call: desk.prune, sound: () => [{ limit: 2 }] },
  reindex: {
    call: desk.reindex,
    sound: () => [{ signal: { aborted: false }, onProgress: noop }],
    few: true,
  },
  tenant: { call: (tenant) => desk.tenant(tenant).complaints.get("x"), sound: () => ["acme"] },
  "policies.adopt": { call: desk.policies.adopt, sound: () => [policy(), { actor: ann }], depth: 5 },
  "policies.inForce": { call: desk.policies.inForce, sound: () => ["deadlines", now] },
  "people.erase": { call: desk.people.erase, sound: () => ["nobody"] },
  "people.export": { call: desk.people.export, sound: () => ["nobody"] },
  "deliveries.backlog": { call: desk.deliveries.backlog, sound: () => ["c"] },
  "deliveries.skip": {
    call: desk.deliveries.skip,
    sound: () => [{ consumer: "c", stream: { kind: "complaint", id }, version: 1, tenant: "main" }],
  },
  "deliveries.resume": {
    call: desk.deliveries.resume,
    sound: () => [{ consumer: "c", stream: { kind: "complaint", id }, version: 1, tenant: "main" }],
  },
  "deliveries.forget": { call: desk.deliveries.forget, sound: () => ["c"] },
};

/** Opening a record and one command of it, for each of the other concepts. */
const command = (of: KindDesk<any, any, any>, id: string, actor: object, given: object): Probe => ({
  call: of.execute,
  sound: () => [{ id, command: given, actor, commandId: `c${++commands}` }],
  depth: 6,
  few: true,
});
const opening = (of: KindDesk<any, any, any>, given: object): Probe => ({
  call: of.open,
  sound: () => [{ input: given, actor: system, commandId: `c${++commands}` }],
  depth: 4,
  few: true,
});
const { customerId, plan, dueOn, dueAt, channel, script, attempts, retryDays } = planned;
const ofConcepts: Record<string, Probe> = {
  "customers.open": opening(desk.customers, { party: "company", name: "Li Na" }),
  "customers.execute": command(desk.customers, customer, system, recordFacts),
  "grading.open": opening(desk.grading, { customerId: "c-8" }),
  "grading.execute": command(desk.grading, customer, system, { type: "grade", input: { facts } }),
  "correctiveActions.open": opening(desk.correctiveActions, { ...problem, department: "assembly" }),
  "correctiveActions.execute": command(desk.correctiveActions, capa, ann, {
    type: "plan_action",
    input: { id: "sort", kind: "containment", what: "Look at each", ownerId: "joe", dueAt: now },
  }),
  "satisfaction.open": opening(desk.satisfaction, invitation),
  "satisfaction.execute": command(desk.satisfaction, invited, system, {
    type: "answer",
    input: { answers: { nps: 3 }, comment: "Too late" },
  }),
  "followUps.open": opening(desk.followUps, {
    ...{ customerId, plan, dueOn, dueAt, channel, script, attempts, retryDays },
  }),
  "followUps.execute": command(desk.followUps, planned.id, ann, {
    type: "reschedule",
    input: { dueOn: "2026-01-20" },
  }),
  regradeAll: {
    call: desk.regradeAll,
    sound: () => [{ signal: { aborted: false }, onProgress: noop, after: undefined }],
    few: true,
  },
  planAll: {
    call: desk.planAll,
    sound: () => [
      {
        ...{ plan: "p", from: "2026-01-05", to: "2026-02-05", follow: [{ kind: "complaint", customer: "customerId" }] },
        ...{ signal: { aborted: false }, onProgress: noop, after: undefined },
      },
    ],
    few: true,
  },
};

const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null;
const methods = (of: object): string[] =>
  Object.entries(of).flatMap(([name, value]) =>
    typeof value === "function"
      ? [name]
      : isRecord(value) && name !== "rules" && !("execute" in value)
        ? methods(value).map((inner) => `${name}.${inner}`)
        : [],
  );

it("no method is left out", () => {
  expect(methods(desk).filter((name) => !(name in ofDesk) && !(name in ofConcepts))).toEqual([]);
  expect(methods(desk.complaints).filter((name) => !(name in ofKind))).toEqual([]);
  const kinds = Object.entries(desk).flatMap(([name, of]) => (isRecord(of) && "execute" in of ? [name] : []));
  expect(kinds.filter((name) => name !== "complaints" && !(`${name}.open` in ofConcepts))).toEqual([]);
});

describe("a desk takes anything", () => {
  it.each(Object.entries({ ...ofKind, ...ofDesk, ...ofConcepts }))("%s", async (name, probe) => {
    expect(await assault(`desk.${name}`, probe)).toEqual([]);
  });

  it("and is still sound", async () => {
    const record = unwrap(await desk.complaints.get(id));
    const folded: unknown[] = [];
    let last: typeof record | undefined;
    for (let after: number | undefined = 0; after !== undefined; ) {
      const page: { items: readonly any[]; next?: number } = unwrap(
        await desk.complaints.timeline(id, { after, limit: 500 }),
      );
      for (const event of page.items) last = unwrap(rules.complaints.evolve(last, event));
      folded.push(page.items.length);
      after = page.next;
    }
    expect(last).toEqual(record);
    expect(unwrap(await desk.complaints.find({ limit: 1000 })).unreadable).toEqual([]);
    expect(await desk.sweep()).toMatchObject({ refused: [] });
  });
});
