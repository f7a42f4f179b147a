import * as z from "zod/mini";
import * as clientele from "../../src/index.js";
import type { Probe } from "./corpus.js";

const { complaint, corePlugin, createServiceRules, deadlines, definePlugin, memoryStore, recordKind, unwrap } =
  clientele;

export const now = "2026-01-05T09:00:00.000Z";
export const ann = { kind: "staff", id: "ann", roles: ["manager"] } as const;
export const input = { customerId: "c-7", summary: "The fridge does not cool", wish: "A new one" };
export const policy = () =>
  deadlines.version({ id: "d", version: 1, from: now, body: { complaint: { received: { hours: 4 } } } });
export const context = () => ({ now, zone: "UTC", actor: ann, seed: "seed", book: clientele.policyBook([policy()]) });
const kind = () =>
  recordKind("acme.visit", { revision: 1, initial: "acme.done", schema: z.object({ by: z.string() }) });
const money = { amount: 5, currency: "EUR" };

/** A plugin with a token of every sort. */
export const plugin = () => {
  const parked = complaint.state("acme.parked", { phase: "paused", deadline: { days: 3 }, then: "previous" });
  const said = complaint.event("acme.said", { v: 1, data: z.object({ words: z.string() }) });
  const place = complaint.slot("acme", z.object({ words: z.string() }));
  const park = complaint.transition("acme.park", {
    from: { phase: "open" },
    to: parked,
    input: z.object({ words: z.string() }),
    when: () => true,
    guard: () => true,
    emits: [said],
    emit: ({ input: { words } }) => said({ words }, place({ words })),
  });
  const back = complaint.transition("acme.back", { from: [parked], to: "previous" });
  const guard = complaint.guard("acme.guard", { on: clientele.complaintCommands.note, when: () => true });
  const may = complaint.permit("acme.may", { actors: ["staff"], commands: [park, back] });
  const tell = clientele.reaction("acme.tell", {
    on: clientele.complaintEvents.assigned,
    sends: [clientele.complaintCommands.note],
    run: () => [],
  });
  const rule = clientele.policyKind("acme.rule", { revision: 1, body: z.object({}) });
  const visit = kind();
  const done = visit.state("acme.done", { phase: "closed" });
  const opens = visit.permit("acme.opens", { actors: ["staff"], opens: true, commands: [] });
  return definePlugin({
    id: "acme",
    tokens: [parked, said, place, park, back, guard, may, tell, rule, visit, done, opens],
    labels: {
      en: {
        states: { "complaint/acme.parked": "Parked", "acme.visit/acme.done": "Done" },
        commands: { "complaint/acme.park": "Park", "complaint/acme.back": "Back" },
        events: { "acme.said": "Said" },
      },
    },
  });
};

const hours = () => ({
  zone: "Asia/Shanghai",
  week: { mon: ["09:00-12:00", "13:00-17:00"], sun: [] },
  holidays: ["2026-01-01", { date: "2026-02-16", name: "Spring Festival" }],
  days: { "2026-01-10": ["09:00-12:00"], "2026-01-11": { windows: ["22:00-06:00"], name: "Night" } },
  dataThrough: "2026-12-31",
});
const calendar = () => clientele.createCalendar({ id: "hq", version: 1, ...hours() });
const soon = "2026-01-12T10:00:00.000Z";
const pauses = () => [{ from: now, to: soon, reason: "parts" }];
const dues = () => [
  { id: "a", start: now, working: { hours: 4 }, land: "resume" },
  { id: "b", start: "2026-01-05", workingDays: 2, origin: "roll" },
];
/** The doors of a calendar, which asks of it what every door needs. */
const asked = (of: ReturnType<typeof calendar>) => [
  of.isOpen(now),
  of.add(now, { hours: 40 }),
  of.addDays("2026-01-05", 3),
  of.isProvisional(now),
  clientele.explainBetween(of, now, soon),
];
const combining = (combine: typeof clientele.unite): Probe => ({
  call: (a, b) => asked(combine(a, b)),
  sound: () => [
    calendar(),
    clientele.createCalendar({ id: "b", version: 1, zone: "UTC", week: { mon: ["02:00-06:00"] } }),
  ],
  whole: ["0.~def", "1.~def"],
});
const doorOf = (door: keyof ReturnType<typeof calendar>, ...sound: readonly unknown[]): Probe => ({
  call: (...args) => (calendar()[door] as (...args: readonly unknown[]) => unknown)(...args),
  sound: () => structuredClone(sound),
});

const rules = clientele.createServiceRules();
const told = () => unwrap(rules.complaints.open({ id: "1", input }, context())).events;
const levels = () =>
  clientele.serviceLevels.version({
    id: "s",
    version: 1,
    from: now,
    body: { targets: { complaint: [{ clock: "acknowledge", within: { elapsed: { hours: 4 } } }] } },
  });

/** Every public function, with arguments that it takes. */
export const probes: Readonly<Record<string, Probe>> = {
  ClienteleError: {
    call: (...args: [any, any, any]) => new clientele.ClienteleError(...args),
    sound: () => ["CONFLICT", "message", {}],
  },
  addMoney: { call: clientele.addMoney, sound: () => [money, money] },
  canonical: { call: clientele.canonical, sound: () => [{ a: [1, "b"] }] },
  chance: { call: clientele.chance, sound: () => ["seed", "label", 1] },
  chanceInteger: { call: clientele.chanceInteger, sound: () => [6, "seed", "label"] },
  compareMoney: { call: clientele.compareMoney, sound: () => [money, money] },
  createCalendar: {
    call: (data) => asked(clientele.createCalendar(data)),
    sound: () => [{ id: "hq", version: 1, ...hours() }],
    depth: 5,
  },
  clockHistory: {
    call: (timeline, asked) => clientele.clockHistory(rules.complaints, timeline, asked),
    sound: () => [told(), context()],
    depth: 3,
  },
  hears: { call: clientele.hears as never, sound: () => [clientele.complaintEvents.assessed, "stop"], whole: ["0"] },
  readClock: {
    call: clientele.readClock as never,
    sound: () => [
      { within: { working: { hours: 4 } }, levels: [{ id: "half", at: { percent: 50 } }] },
      [
        { type: "start", at: now },
        { type: "pause", at: soon, reason: "parts" },
      ],
      { asOf: soon, calendar: calendar() },
    ],
    whole: ["2.calendar"],
  },
  replay: {
    call: (timeline, asked) => clientele.replay(rules.complaints, timeline, levels(), asked),
    sound: () => [told(), context()],
    depth: 3,
  },
  "serviceLevels.version": {
    call: clientele.serviceLevels.version,
    sound: () => [{ id: "s", version: 1, from: now, body: levels().body }],
    depth: 6,
  },
  "createCalendar().isOpen": doorOf("isOpen", now),
  "createCalendar().nextOpening": doorOf("nextOpening", now),
  "createCalendar().nextClosing": doorOf("nextClosing", now),
  "createCalendar().previousOpening": doorOf("previousOpening", now),
  "createCalendar().previousClosing": doorOf("previousClosing", now),
  "createCalendar().spans": doorOf("spans", now, soon),
  "createCalendar().add": doorOf("add", now, { hours: 4, minutes: 5, seconds: 6 }, { land: "resume" }),
  "createCalendar().between": doorOf("between", now, soon),
  "createCalendar().isWorkingDay": doorOf("isWorkingDay", "2026-01-05"),
  "createCalendar().addDays": doorOf("addDays", "2026-01-05", 3, { origin: "roll" }),
  "createCalendar().daysBetween": doorOf("daysBetween", "2026-01-05", now, { origin: "roll" }),
  "createCalendar().isProvisional": doorOf("isProvisional", now),
  createServiceDesk: {
    call: clientele.createServiceDesk,
    sound: () => [
      {
        store: memoryStore(),
        rules: createServiceRules(),
        zone: "UTC",
        clock: () => now,
        newId: () => "n",
        attempts: 3,
        receiptDays: 1,
        pause: async () => undefined,
        observe: () => undefined,
      },
    ],
    depth: 2,
    whole: ["0.store", "0.rules"],
  },
  createServiceRules: {
    call: clientele.createServiceRules,
    sound: () => [{ plugins: [plugin()] }],
    depth: 5,
    few: true,
  },
  dayToLocalDate: { call: clientele.dayToLocalDate, sound: () => [20_000] },
  definePlugin: { call: clientele.definePlugin, sound: () => [{ ...plugin(), requires: [] }], depth: 2 },
  deny: { call: clientele.deny, sound: () => ["acme.NO", "message"] },
  derivedId: { call: clientele.derivedId, sound: () => ["main", "a", 1] },
  diagnose: { call: clientele.diagnose, sound: () => [corePlugin, [plugin()]], depth: 4, whole: ["0"], few: true },
  durationMs: { call: clientele.durationMs, sound: () => [{ hours: 1, minutes: 30, seconds: 5 }] },
  explainAdd: {
    call: clientele.explainAdd,
    sound: () => [calendar(), now, { hours: 40 }, { land: "resume", pauses: pauses() }],
    whole: ["0.~def"],
  },
  explainBetween: {
    call: clientele.explainBetween,
    sound: () => [calendar(), now, soon, { pauses: pauses() }],
    whole: ["0.~def"],
  },
  hasCode: { call: clientele.hasCode, sound: () => [{ code: "CONFLICT" }, "CONFLICT"] },
  hashOf: { call: clientele.hashOf, sound: () => [{ a: [1, "b"] }] },
  impact: {
    call: clientele.impact,
    sound: () => [calendar(), clientele.createCalendar({ id: "hq", version: 2, ...hours(), days: {} }), dues()],
    whole: ["0.~def", "1.~def"],
  },
  intersect: combining(clientele.intersect),
  isErased: { call: clientele.isErased, sound: () => [{ erased: true }] },
  isInstant: { call: clientele.isInstant, sound: () => [now] },
  isLocalDate: { call: clientele.isLocalDate, sound: () => ["2026-01-05"] },
  isZone: { call: clientele.isZone, sound: () => ["Asia/Shanghai"] },
  labelCatalogue: {
    call: (...books) => {
      const words = clientele.labelCatalogue(...books);
      words.reasons({ code: "NOT_FOUND", subject: "x" }, "en");
      return [words.languages, words.label("states", "a", "en"), words.has("states", "a", "en")];
    },
    sound: () => [{ en: { states: { a: "A" }, refusals: { NOT_FOUND: "None" } } }],
  },
  "labelCatalogue().label": {
    call: clientele.labelCatalogue(...clientele.coreLabels).label,
    sound: () => ["states", "complaint/received", "en"],
  },
  "labelCatalogue().has": {
    call: clientele.labelCatalogue(...clientele.coreLabels).has,
    sound: () => ["states", "complaint/received", "en"],
  },
  "labelCatalogue().reasons": {
    call: clientele.labelCatalogue(...clientele.coreLabels).reasons,
    sound: () => [
      {
        code: "REACTION_REFUSED",
        reaction: "r",
        because: { code: "DENIED", denials: [{ code: "NOT_OWNED" }], issues: [{ path: "a", code: "b", message: "c" }] },
      },
      "en",
    ],
    depth: 5,
  },
  lifecycleDiagram: {
    call: clientele.lifecycleDiagram,
    sound: () => [complaint, plugin().tokens, (_: string, id: string) => id],
    depth: 1,
    whole: ["0"],
  },
  localDateOf: { call: clientele.localDateOf, sound: () => [now, "Asia/Shanghai"] },
  localDateToDay: { call: clientele.localDateToDay, sound: () => ["2026-01-05"] },
  memoryStore: { call: clientele.memoryStore, sound: () => [] },
  "memoryStore().transaction": {
    // What the work itself throws is the host's, and comes out as it is.
    call: (options) => memoryStore().transaction(async (unit) => unit.of("x").get("y"), options),
    sound: () => [{ tenant: "main" }],
  },
  "memoryStore().transaction, joined": {
    call: (join) => memoryStore().transaction(async () => 1, { tenant: "main", join }),
    sound: () => [undefined],
  },
  money: { call: clientele.money, sound: () => [5, "EUR"] },
  ok: { call: (value) => clientele.ok(value).ok, sound: () => [5] },
  personal: { call: clientele.personal, sound: () => [z.string(), { of: "id" }], whole: ["0"] },
  policyBook: {
    call: (policies) => {
      const book = clientele.policyBook(policies);
      return [book.inForce("deadlines", now), book.byHash("x")];
    },
    sound: () => [[policy()]],
  },
  "policyBook().inForce": { call: clientele.policyBook([policy()]).inForce, sound: () => ["deadlines", now] },
  "policyBook().byHash": { call: clientele.policyBook([policy()]).byHash, sound: () => [policy().hash] },
  policyInForce: { call: clientele.policyInForce, sound: () => [context().book, "deadlines", now] },
  policyKind: {
    call: clientele.policyKind,
    sound: () => ["acme.rule", { revision: 1, body: z.object({}), names: () => [] }],
    whole: ["1.body"],
  },
  "policyKind().version": {
    call: deadlines.version,
    sound: () => [{ id: "d", version: 1, from: now, body: { complaint: { received: { hours: 4 } } } }],
    depth: 5,
  },
  reaction: {
    call: clientele.reaction,
    sound: () => [
      "acme.tell",
      { on: clientele.complaintEvents.assigned, sends: [clientele.complaintCommands.note], run: () => [] },
    ],
    whole: ["1.on", "1.sends.0"],
  },
  recordKind: {
    call: recordKind,
    sound: () => [
      "acme.visit",
      {
        revision: 1,
        initial: "acme.done",
        schema: z.object({ by: z.string() }),
        input: z.object({ by: z.string() }),
        begin: (x: object) => x,
        owner: () => "c",
        indexes: ["by"],
        upcast: {},
      },
    ],
    whole: ["1.schema", "1.input"],
  },
  "recordKind().event": {
    call: (...args: [any, any]) => kind().event(...args),
    sound: () => ["acme.said", { v: 1, data: z.object({}), evolve: () => ({}), upcast: {} }],
    whole: ["1.data"],
  },
  "recordKind().state": {
    call: (...args: [any, any]) => kind().state(...args),
    sound: () => ["acme.open", { phase: "open", deadline: { days: 1 }, reminders: { every: { days: 1 }, times: 2 } }],
  },
  "recordKind().slot": {
    call: (...args: [any, any]) => kind().slot(...args),
    sound: () => ["acme", z.object({})],
    whole: ["1"],
  },
  "recordKind().transition": {
    call: (...args: [any, any]) => kind().transition(...args),
    sound: () => ["acme.go", { from: { phase: "open" }, to: "same", input: z.object({}), emits: [], emit: () => [] }],
    whole: ["1.input"],
  },
  "recordKind().guard": {
    call: (...args: [any, any]) => complaint.guard(...args),
    sound: () => ["acme.guard", { on: clientele.complaintCommands.note, when: () => true }],
    whole: ["1.on"],
  },
  "recordKind().permit": {
    call: (...args: [any, any]) => kind().permit(...args),
    sound: () => ["acme.may", { actors: ["staff"], roles: ["x"], own: true, opens: true, commands: [] }],
  },
  "recordKind().order": { call: (x) => kind().order(x), sound: () => [{ by: "ann" }] },
  refuse: { call: (error) => clientele.refuse(error).ok, sound: () => [{ code: "NOT_FOUND", subject: "x" }] },
  sha256: { call: clientele.sha256, sound: () => ["abc"] },
  startOfLocalDate: { call: clientele.startOfLocalDate, sound: () => ["2026-01-05", "Asia/Shanghai"] },
  subtract: combining(clientele.subtract),
  subtractMoney: { call: clientele.subtractMoney, sound: () => [money, money] },
  sumMoney: { call: clientele.sumMoney, sound: () => [[money, money], "EUR"] },
  toInstant: { call: clientele.toInstant, sound: () => [1_740_787_200_000] },
  toMs: { call: clientele.toMs, sound: () => [now] },
  unite: combining(clientele.unite),
  unwrap: { call: (result) => unwrap(result) === undefined, sound: () => [{ ok: true, value: 5 }] },
  verifyLifecycle: {
    call: clientele.verifyLifecycle,
    sound: () => [complaint, plugin().tokens],
    depth: 1,
    whole: ["0"],
  },
  "workingHours.version": {
    call: clientele.workingHours.version,
    sound: () => [{ id: "hq", version: 1, from: now, body: hours() }],
    depth: 5,
  },
};

/** What is no door, and why. */
export const exempt: Readonly<Record<string, string>> = {
  complaint: "a token: its constructors are those of recordKind, assaulted there",
  complaintCommands: "tokens: what they do is assaulted through the doors of rules and desk",
  complaintEvents: "tokens",
  complaintLabels: "words",
  complaintPermits: "tokens",
  complaintStates: "tokens",
  complaintTokens: "a list of tokens",
  complaintClocks: "tokens",
  coreLabels: "words",
  corePlugin: "a plugin: data",
  deadlines: "a token: policyKind().version",
  instantSchema: "a schema of zod, whose doors are zod's",
  localDateSchema: "a schema of zod",
  moneySchema: "a schema of zod",
  policyRecord: "a token",
  reservedWords: "a list of words",
  serviceLevels: "a token: serviceLevels.version",
  workingHours: "a token: workingHours.version",
};
