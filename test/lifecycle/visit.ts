import * as z from "zod/mini";
import type { Context } from "../../src/kernel/context.js";
import type { Draft } from "../../src/kernel/event.js";
import type { Instant } from "../../src/kernel/instant.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { deny, type Result, unwrap } from "../../src/kernel/result.js";
import type { Token } from "../../src/kernel/token.js";
import { type Doors, lifeOf } from "../../src/lifecycle/life.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import type { Command, Decision } from "../../src/lifecycle/tokens.js";
import { ann, context, noon } from "../given.js";

/** A small kind with every feature of a life: an engineer's visit to a customer. */
export const visit = recordKind("visit", {
  revision: 1,
  initial: "planned",
  owner: (v: { customer: string }) => v.customer,
  indexes: ["customer"],
  schema: z.object({ customer: z.string(), remarks: z.int(), hours: z._default(z.int(), 0) }),
});
export const reminded = visit.event("visit.reminded", { v: 1, data: z.object({ lapses: z.int() }) });
export const remarked = visit.event("visit.remarked", {
  v: 1,
  data: z.object({ text: z.string() }),
  evolve: (v) => ({ remarks: v.remarks + 1 }),
});
export const finished = visit.event("visit.finished", {
  v: 1,
  data: z.object({ hours: z.int() }),
  evolve: (_, data) => ({ hours: data.hours }),
});
export const reckoned = visit.event("visit.reckoned", { v: 1, data: z.object({ remarks: z.int() }) });
export const badge = visit.slot("badge", z.object({ colour: z.enum(["red", "blue"]) }));

export const planned = visit.state("planned", {
  phase: "open",
  deadline: { days: 2 },
  reminders: { every: { days: 1 }, times: 3 },
  emits: [reminded],
  lapse: ({ lapses }) => reminded({ lapses }),
});
export const overdue = visit.state("overdue", { phase: "open", deadline: { days: 1 } });
export const underWay = visit.state("under_way", { phase: "open", deadline: { hours: 10 }, then: overdue });
export const parts = visit.state("parts", { phase: "paused", deadline: { days: 3 }, then: "previous" });
export const weather = visit.state("weather", { phase: "paused", deadline: { days: 1 }, then: "previous" });
export const done = visit.state("done", { phase: "closed" });

export const start = visit.transition("start", { from: [planned], to: underWay });
export const awaitParts = visit.transition("await_parts", { from: { phase: "open" }, to: parts });
export const awaitWeather = visit.transition("await_weather", { from: { phase: ["open", "paused"] }, to: weather });
export const goOn = visit.transition("go_on", { from: { phase: "paused" }, to: "previous" });
export const finish = visit.transition("finish", {
  from: [underWay, overdue],
  to: done,
  input: z.object({ hours: z.int().check(z.minimum(1)) }),
  when: ({ record }) => record.remarks > 0 || deny("NOTHING_REMARKED", "say what was done"),
  guard: ({ input }) => input.hours <= 24 || deny("TOO_LONG"),
  emits: [finished, remarked],
  emit: ({ input }) => [finished(input), remarked({ text: "finished" })],
});
export const remark = visit.transition("remark", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  backdated: true,
  input: z.object({ text: z.string() }),
  emits: [remarked],
  emit: ({ input }) => remarked(input),
});
export const reckon = visit.transition("reckon", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  reads: "timeline",
  emits: [reckoned],
  emit: ({ timeline }) => reckoned({ remarks: timeline!.filter((e) => e.type === remarked.id).length }),
});
export const soberGuard = visit.guard("sober", {
  on: finish,
  when: ({ actor }) => actor.id !== "drunk" || deny("NOT_SOBER"),
  guard: ({ input }) => input.hours !== 13 || deny("UNLUCKY"),
});
export const anyone = visit.permit("anyone", {
  opens: true,
  commands: [start, awaitParts, awaitWeather, goOn, finish, remark, reckon],
});

export const tokens: readonly Token[] = [
  ...[visit, reminded, remarked, finished, reckoned, badge, planned, overdue, underWay, parts, weather, done],
  ...[start, awaitParts, awaitWeather, goOn, finish, remark, reckon, soberGuard, anyone],
];
export const visits: Doors = lifeOf(visit, tokens);

/** The doors of visits with further tokens; a token of the same name takes the place of ours. */
export const visitsWith = (...more: readonly Token[]): Doors =>
  lifeOf(visit, [...tokens.filter((t) => !more.some((m) => m.token === t.token && m.id === t.id)), ...more]);

export const opened = (at: Instant = noon): AnyRecord =>
  unwrap(visits.open({ id: "v-1", input: { customer: "c-7", remarks: 0 } }, context(at))).next;

/** A life told as `[when, command]`; answers the record and everything that was said. */
export function lived(
  steps: readonly (readonly [Instant, Command | string] | readonly [Instant, Command | string, Context["actor"]])[],
  doors: Doors = visits,
): { readonly record: AnyRecord; readonly events: readonly Draft[] } {
  const first = unwrap(doors.open({ id: "v-1", input: { customer: "c-7", remarks: 0 } }, context(noon)));
  let record = first.next;
  const events = [...first.events];
  for (const [at, command, actor] of steps) {
    const decision: Decision<AnyRecord, Draft> = unwrap(
      doors.decide(record, typeof command === "string" ? { type: command } : command, context(at, actor ?? ann)),
    );
    record = decision.next;
    events.push(...decision.events);
  }
  return { record, events };
}

/** One command on a record. */
export const decided = (
  record: AnyRecord,
  command: Command | string,
  at: Context | Instant,
  doors: Doors = visits,
): Result<Decision<AnyRecord, Draft>> =>
  doors.decide(
    record,
    typeof command === "string" ? { type: command } : command,
    typeof at === "string" ? context(at) : at,
  );
