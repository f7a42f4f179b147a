import { complaint, complaintEvents, definePlugin, hears, type Marking } from "clientele";
import fc from "fast-check";
import * as z from "zod/mini";
import { workingHours } from "../../src/calendar/index.js";
import type { Actor, Context } from "../../src/kernel/context.js";
import type { Draft } from "../../src/kernel/event.js";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import type { Policy, PolicyBook } from "../../src/kernel/policy.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Refusal, unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import { policyBook } from "../../src/rules/index.js";
import { type ServiceLevels, serviceLevels, type TargetRow } from "../../src/sla/index.js";
import { ann, carl, max, noon, robot } from "../given.js";
import { rulesOf } from "./composition.js";

export const hour = 3_600_000;
const day = 24 * hour;

/** A small kind whose one event says anything to its clocks. */
export const job = recordKind("shop.job", {
  revision: 1,
  initial: "shop.open",
  schema: z.object({ size: z.enum(["small", "large"]) }),
});
const marks = ["created", "customer waiting", "attached", "restart", "stop", "reopen"] as const satisfies Marking[];
const jobClocks = ["shop.fix", "shop.answer", "shop.visit", "ola.inside"];
const saying = z.object({ to: z.string(), mark: z.enum(marks) });
const said = job.event("shop.said", { v: 1, data: saying });
const resized = job.event("shop.resized", {
  v: 1,
  data: z.object({ size: z.enum(["small", "large"]) }),
  evolve: (_, { size }) => ({ size }),
});
const urged = job.event("shop.urged", { v: 1, data: z.object({ clock: z.string(), level: z.string() }) });

const open = job.state("shop.open", {
  phase: "open",
  deadline: { days: 9 },
  reminders: { every: { days: 9 }, times: 3 },
});
const done = job.state("shop.done", { phase: "closed" });
const checking = job.state("shop.checking", { phase: "open", deadline: { hours: 20 }, then: done });
const parked = job.state("shop.parked", { phase: "paused", deadline: { hours: 30 }, then: "previous" });
const held = job.state("shop.held", { phase: "paused", deadline: { hours: 10 }, then: "previous" });

const say = job.transition("shop.say", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  backdated: true,
  input: saying,
  emits: [said],
  emit: ({ input }) => said(input),
});
const resize = job.transition("shop.resize", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  emits: [resized],
  emit: ({ record }) => resized({ size: record.size === "small" ? "large" : "small" }),
});
const check = job.transition("shop.check", { from: [open], to: checking });
const park = job.transition("shop.park", { from: { phase: "open" }, to: parked });
const hold = job.transition("shop.hold", { from: { phase: ["open", "paused"] }, to: held });
const goOn = job.transition("shop.go_on", { from: { phase: "paused" }, to: "previous" });
const finish = job.transition("shop.finish", { from: { phase: ["open", "paused"] }, to: done });
const comeBack = job.transition("shop.come_back", { from: { phase: "closed" }, to: open });
const anyone = job.permit("shop.anyone", {
  opens: true,
  commands: [say, resize, check, park, hold, goOn, finish, comeBack],
});

const listens = (id: string) => hears(said, ({ to, mark }) => (to === id ? mark : undefined));
const urging = {
  emits: [urged],
  escalate: ({ clock, level }: { readonly clock: string; readonly level: { readonly id: string } }) =>
    urged({ clock, level: level.id }),
};
const fix = job.clock("shop.fix", {
  reopens: true,
  hears: [hears(job.opened, "created"), listens("shop.fix")],
  ...urging,
});
const answer = job.clock("shop.answer", { repeats: true, hears: [listens("shop.answer")], ...urging });
const visit = job.clock("shop.visit", {
  hears: [listens("shop.visit")],
  target: { within: { elapsed: { hours: 6 } }, levels: [{ id: "half", at: { percent: 50 }, escalates: true }] },
});
export const shop = definePlugin({
  id: "shop",
  tokens: [
    job,
    said,
    resized,
    urged,
    open,
    done,
    checking,
    parked,
    held,
    say,
    resize,
    check,
    park,
    hold,
    goOn,
    finish,
    comeBack,
    anyone,
    fix,
    answer,
    visit,
  ],
});

/** What the house asks of itself and of its suppliers, on a kind of another plugin and on one of the core. */
const inside = job.clock("ola.inside", { repeats: true, reopens: true, hears: [listens("ola.inside")] });
const chased = complaint.event("ola.chased", { v: 1, data: z.object({ level: z.string() }) });
const supplier = complaint.clock("ola.supplier", {
  repeats: true,
  hears: [
    hears(complaintEvents.waited, ({ on }) => (on === "the carrier" ? "attached" : undefined)),
    hears(complaintEvents.resumed, "stop"),
    hears(complaintEvents.handedOver, "restart"),
  ],
  target: {
    within: { elapsed: { hours: 30 } },
    pausable: false,
    levels: [{ id: "chase", at: { percent: 100 }, escalates: true }],
  },
  emits: [chased],
  escalate: ({ level }) => chased({ level: level.id }),
});
export const ola = definePlugin({ id: "ola", requires: [shop], tokens: [inside, chased, supplier] });

const complaintClocks = [
  "acknowledge",
  "first_response",
  "next_response",
  "update",
  "resolution",
  "visit",
  "promise",
  "ola.supplier",
];
const words = (n: number) => (n % 2 === 0 ? "yes" : "no");
const pick = <T>(n: number, ...list: readonly T[]): T => list[n % list.length]!;

/** A kind on which random lives are led: with which commands, by whom, and under which service levels. */
export interface Scene {
  readonly doors: Doors;
  /** The same kind in a composition without the plugin that brought a clock. */
  readonly fewer: Doors;
  readonly opening: object;
  readonly kind: string;
  readonly clocks: readonly string[];
  readonly actors: readonly Actor[];
  readonly input: (command: string, n: number) => unknown;
  /** Which of a command's names is more telling than the rest: it is tried as often as all others together. */
  readonly often: readonly string[];
  readonly backdated: string;
  /** The commands that begin a pause. */
  readonly pausing: readonly string[];
  readonly when: readonly TargetRow["when"][];
  /** Steps that wait and go on in turn. */
  readonly resting: (waits: readonly number[]) => readonly Step[];
}

/** Steps by the commands they try, for any kind. */
const trying =
  (commands: readonly string[]) =>
  (waits: readonly number[]): readonly Step[] =>
    waits.map((wait, i) => ({ wait, who: 0, often: false, n: i, ago: undefined, command: pick(i, ...commands) }));

const both = rulesOf([shop, ola]);
const without = rulesOf([shop]);
export const jobs: Scene = {
  doors: both.doors("shop.job")!,
  fewer: without.doors("shop.job")!,
  opening: { size: "small" },
  kind: "shop.job",
  clocks: jobClocks,
  actors: [ann],
  input: (command, n) =>
    command === "shop.say" ? { to: pick(n, ...jobClocks), mark: pick(Math.floor(n / 4), ...marks) } : undefined,
  often: ["shop.say"],
  backdated: "shop.say",
  pausing: ["shop.park", "shop.hold"],
  when: [undefined, undefined, { size: "small" }, { size: ["large"] }, { size: "none" }],
  resting: trying([
    "shop.say",
    "shop.park",
    "shop.go_on",
    "shop.say",
    "shop.park",
    "shop.go_on",
    "shop.finish",
    "shop.come_back",
  ]),
};
export const complaints: Scene = {
  doors: both.doors("complaint")!,
  fewer: without.doors("complaint")!,
  opening: { customerId: "c-7", summary: "The fridge does not cool", channel: "phone" },
  kind: "complaint",
  clocks: complaintClocks,
  actors: [ann, max, carl, robot],
  often: ["contact", "wait_for_third_party", "resume", "reassess", "dispatch", "visit", "promise"],
  backdated: "contact",
  pausing: ["wait_for_customer", "wait_for_third_party"],
  when: [undefined, undefined, { severity: ["high", "critical"] }, { severity: "normal" }, { channel: "chat" }],
  resting: trying(["wait_for_third_party", "resume", "contact", "wait_for_customer", "reply"]),
  input: (command, n) => {
    const assessment = {
      nature: pick(n, "product", "service"),
      scope: "general",
      severity: pick(n, "normal", "critical", "high"),
    };
    const inputs: Readonly<Record<string, unknown>> = {
      assess: assessment,
      reassess: assessment,
      propose: { remedy: "refund", message: words(n) },
      contact: { direction: pick(n, "in", "out"), channel: "phone", text: words(n) },
      reply: { channel: "email", text: words(n) },
      resolve: { outcome: words(n) },
      assign: { ownerId: "ann" },
      hand_over: { to: pick(n, "max", "ann"), reason: words(n) },
      note: { text: words(n) },
      wait_for_customer: { question: words(n) },
      wait_for_third_party: { party: pick(n, "the carrier", "the court"), question: words(n) },
      accept: { words: words(n) },
      confirm: { words: words(n) },
      withdraw: { words: words(n) },
      find: { cause: words(n) },
      approve: { offers: [{ remedy: "refund" }] },
      carry_out: { id: "r1" },
      verify: { id: "r1" },
      transfer: { department: words(n), reason: words(n) },
      dispatch: { to: words(n) },
      visit: { text: words(n) },
      // Of a life that lasts some weeks: to some instants a promise comes too late.
      promise: { for: toInstant(toMs(noon) + (n % 150) * day), channel: "phone", text: words(n) },
      answer: { channel: "letter", text: words(n) },
      relate: { id: words(n), as: "related" },
      unrelate: { id: words(n) },
      merge: { into: "x-2" },
      absorb: { id: "x-3", customerId: "c-7" },
      split: { summary: words(n) },
    };
    return inputs[command] ?? { reason: words(n) };
  },
};

const office = ["09:00-12:30", "13:30-18:00"];
const late = ["08:00-12:00", "16:00-23:00"];
const weekdays = (windows: readonly string[]) => ({
  mon: windows,
  tue: windows,
  wed: windows,
  thu: windows,
  fri: windows,
});
const early = "2020-01-01T00:00:00.000Z";
export const hours = (version: number, from: Instant, more: object = {}, id = "hq"): Policy =>
  workingHours.version({ id, version, from, body: { zone: "Europe/Berlin", week: weekdays(office), ...more } });
export const levels = (version: number, from: Instant, body: ServiceLevels, id = "standard"): Policy =>
  serviceLevels.version({ id, version, from, body });

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const within: fc.Arbitrary<TargetRow["within"]> = fc.oneof(
  fc.integer({ min: 0, max: 90 }).map((n) => ({ elapsed: { hours: n } })),
  fc.integer({ min: 0, max: 40 }).map((n) => ({ working: { hours: n } })),
  fc.integer({ min: 0, max: 5 }).map((n) => ({ workingDays: n })),
  fc.integer({ min: 1, max: 5 }).map((n) => ({ days: n })),
  fc.constant({ weeks: 1 }),
);
const near = [{ working: { hours: 2 } }, { elapsed: { minutes: 90 } }] as const;
const level = fc.record({
  at: fc.oneof(
    fc.constantFrom(10, 33, 50, 80, 100, 150).map((percent) => ({ percent })),
    // Not a working day before: a pause that moves the due time from Saturday to Sunday moves that from Friday night
    // to Friday morning, so that it may have passed before the pause that made it so.
    fc.constantFrom(...near).map((before) => ({ before })),
    fc.constantFrom(...near, { workingDays: 1 }).map((after) => ({ after })),
  ),
  escalates: maybe(fc.boolean()),
});

/** What rows may say beside how long. */
export interface Rows {
  readonly onReopen?: readonly TargetRow["onReopen"][];
  readonly starts?: readonly TargetRow["starts"][];
  readonly within?: fc.Arbitrary<TargetRow["within"]>;
  readonly levels?: boolean;
  /** Whether the record's fields choose the row. */
  readonly chosen?: boolean;
}
const row = ({ clocks, when }: Scene, rows: Rows): fc.Arbitrary<TargetRow> =>
  fc.record({
    clock: fc.constantFrom(...clocks),
    when: rows.chosen === false ? fc.constant(undefined) : fc.constantFrom(...when),
    calendar: fc.constantFrom(undefined, undefined, "night"),
    within: rows.within ?? within,
    land: fc.constantFrom(undefined, "deadline", "resume"),
    endOfDay: fc.constantFrom(undefined, true),
    origin: fc.constantFrom(undefined, "step", "roll"),
    onReopen: fc.constantFrom(...(rows.onReopen ?? [undefined, "resume", "restart", "ignore"])),
    starts: fc.constantFrom(...(rows.starts ?? [undefined, undefined, "created", "customer waiting", "attached"])),
    pausable: fc.constantFrom(undefined, undefined, false),
    levels:
      rows.levels === false
        ? fc.constant(undefined)
        : maybe(fc.array(level, { maxLength: 4 }).map((list) => list.map((one, i) => ({ id: `l${i}`, ...one })))),
  });

/** In the instant in which something else happens, either may be first: that is told by example elsewhere. */
const time = fc.integer({ min: -2 * hour, max: 20 * day }).map((ms) => toInstant(toMs(noon) + ms));
const choice = fc.constantFrom(undefined, "followed" as const, "pinned" as const);
/**
 * A clock that was reopened before its target came to say what a reopening does is a case of its own: where versions
 * change, a reopening goes on.
 */
const goesOn = { onReopen: [undefined, "resume"] } as const;
const mayBeginAnew = { onReopen: [undefined, "resume", "restart"] } as const;
export const serviceLevelsOf = (scene: Scene, rows: Rows = {}): fc.Arbitrary<ServiceLevels> =>
  fc.record({
    calendar: fc.constant("hq"),
    calendarVersion: choice,
    targetVersion: choice,
    targets: fc
      .array(row(scene, rows), { maxLength: 14, size: "max" })
      .map((list) => ({ [scene.kind]: list.filter((one) => one !== undefined) })),
  });
const calendarData = fc.constantFrom(
  {},
  { week: weekdays(late) },
  { holidays: ["2026-03-05", "2026-03-06"] },
  { zone: "America/New_York", days: { "2026-03-07": ["10:00-14:00"] } },
);

/** A book: no service levels, some from the beginning, or versions that come in force on the way. */
export const policies = (
  scene: Scene,
  changes: number,
  rows: Rows = changes === 0 ? mayBeginAnew : goesOn,
): fc.Arbitrary<readonly Policy[]> =>
  fc
    .record({
      first: maybe(serviceLevelsOf(scene, rows)),
      later: fc.array(fc.tuple(time, serviceLevelsOf(scene, rows)), { maxLength: changes }),
      calendars: fc.array(fc.tuple(time, calendarData), { maxLength: changes }),
    })
    .map(({ first, later, calendars }) => [
      hours(1, early),
      hours(1, early, { week: { mon: ["20:00-04:00"], wed: ["20:00-04:00"], sun: ["00:00-24:00"] } }, "night"),
      ...(first === undefined ? [] : [levels(1, early, first)]),
      ...later.map(([from, data], i) => levels(i + 2, from, data)),
      ...calendars.map(([from, data], i) => hours(i + 2, from, data)),
    ]);

/** One attempt: some time later, somebody tries one of the commands that are available. */
export interface Step {
  readonly wait: number;
  readonly who: number;
  readonly often: boolean;
  readonly n: number;
  /** How long ago it is said to have happened, where the command may say so. */
  readonly ago: number | undefined;
  /** The command to try whether it is available or not. */
  readonly command?: string | undefined;
  readonly never?: readonly string[] | undefined;
}
export interface Steps {
  /** Commands that nobody tries. */
  readonly never?: readonly string[];
  /** Whether several things may happen in one instant. */
  readonly atOnce?: boolean;
  readonly backdated?: boolean;
  readonly longest?: number;
}
export const steps = ({ atOnce, backdated, never, longest = 30 }: Steps = {}): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.record({
      wait: fc.oneof(
        fc.integer({ min: 1, max: 10 * hour }),
        fc.integer({ min: 1, max: 3 }).map((n) => n * hour),
        fc.integer({ min: 1, max: 4 * day }),
        fc.constantFrom(...(atOnce === true ? [0, 0, hour] : [1, hour, day])),
      ),
      who: fc.nat(100),
      often: fc.boolean(),
      n: fc.nat(1000),
      never: fc.constant(never),
      ago:
        backdated === true
          ? fc.option(fc.integer({ min: 1, max: 40 * hour }), { nil: undefined, freq: 2 })
          : fc.constant(undefined),
    }),
    { maxLength: longest, size: "max" },
  );

/** What was lived through. */
export interface Life {
  readonly record: AnyRecord;
  readonly events: readonly Draft[];
  readonly refusals: readonly Refusal[];
  /** When the last attempt was. */
  readonly now: Instant;
}
/** One decision of a life: the record before it, swept to `now`; what was said; how it was dated. */
export interface Turn {
  readonly before: AnyRecord;
  readonly after: AnyRecord;
  readonly said: readonly Draft[];
  readonly now: Instant;
  readonly backdated: boolean;
}

export const contextAt = (now: Instant, book: PolicyBook, actor: Actor = ann): Context => ({
  now,
  zone: "UTC",
  actor,
  seed: "seed",
  book,
});

/** Leads a life under a book. `between` brings the record from one attempt to the next; without it nothing does. */
export function live(
  { doors, opening, actors, input, often, backdated }: Scene,
  book: PolicyBook,
  tried: readonly Step[],
  between: (record: AnyRecord, until: Instant) => { readonly next: AnyRecord; readonly events: readonly Draft[] } = (
    record,
  ) => ({ next: record, events: [] }),
  turn: (turn: Turn) => void = () => undefined,
): Life {
  const first = unwrap(doors.open({ id: "x-1", input: opening }, contextAt(noon, book, actors.at(-1))));
  let record = first.next;
  let clock = toMs(noon);
  const events = [...first.events];
  const refusals: Refusal[] = [];
  let reopened = "";
  for (const { wait, who, often: one, n, ago, command, never } of tried) {
    clock += wait;
    const now = toInstant(clock);
    // Reopened and stopped within one instant, a clock has not run under what came to hold while it was stopped.
    if (now === reopened) continue;
    const brought = between(record, now);
    events.push(...brought.events);
    record = brought.next;
    const context = contextAt(now, book, pick(who, ...actors));
    const all = doors
      .available(record, context)
      .map((a) => a.command)
      .filter((name) => never?.includes(name) !== true);
    const list = all.filter((name) => often.includes(name) === one);
    const type = command ?? pick(Math.floor(n / 7), ...(list.length > 0 ? list : all));
    if (type === undefined) continue;
    const at = ago === undefined || type !== backdated ? {} : { at: toInstant(clock - ago) };
    const decided = doors.decide(record, { type, input: input(type, n), ...at }, context);
    if (!decided.ok) {
      refusals.push(decided.error);
      continue;
    }
    const { next, events: drafts } = decided.value;
    const before = unwrap(doors.sweep(record, context)).next;
    turn({ before, after: next, said: drafts, now, backdated: "at" in at });
    events.push(...drafts);
    if (doors.phase(before) === "closed" && doors.phase(next) !== "closed") reopened = now;
    record = next;
  }
  return { record, events, refusals, now: toInstant(clock) };
}

export const bookOf = (list: readonly Policy[]): PolicyBook => policyBook(list);
