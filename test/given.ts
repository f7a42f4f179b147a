import type { Actor, Context } from "../src/kernel/context.js";
import type { Draft, Event } from "../src/kernel/event.js";
import { type Instant, toInstant, toMs } from "../src/kernel/instant.js";
import type { Policy } from "../src/kernel/policy.js";
import type { AnyRecord } from "../src/kernel/record.js";
import type { Refusal, Result } from "../src/kernel/result.js";
import type { Doors } from "../src/lifecycle/life.js";
import { type Span, spanMs } from "../src/lifecycle/span.js";
import { policyBook } from "../src/rules/index.js";

/** A Monday. */
export const noon: Instant = "2026-03-02T12:00:00.000Z";
export const ann: Actor = { kind: "staff", id: "ann" };
export const max: Actor = { kind: "staff", id: "max", roles: ["manager"] };
export const carl: Actor = { kind: "customer", id: "c-7" };
export const eve: Actor = { kind: "customer", id: "c-8" };
export const robot: Actor = { kind: "system", id: "survey" };

/** That long after an instant. */
export const later = (at: Instant, ...spans: readonly Span[]): Instant =>
  toInstant(spans.reduce((ms, span) => ms + spanMs(span), toMs(at)));

/** That long before an instant. */
export const earlier = (at: Instant, span: Span): Instant => toInstant(toMs(at) - spanMs(span));

export const context = (now: Instant = noon, actor: Actor = ann, policies: readonly Policy[] = []): Context => ({
  now,
  zone: "UTC",
  actor,
  seed: "seed",
  book: policyBook(policies),
});

/** The refusal of an answer that must be one. */
export function refused(result: Result<unknown>): Refusal {
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.value)}`);
  return result.error;
}

/** What comes back from a store. */
export const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The record that a stream makes. */
export function fold(doors: Pick<Doors, "evolve">, events: readonly Draft[]): AnyRecord {
  let record: AnyRecord | undefined;
  for (const event of events) {
    const next = doors.evolve(record, event);
    if (!next.ok) throw new Error(`version ${event.version}: ${JSON.stringify(next.error)}`);
    record = next.value;
  }
  if (record === undefined) throw new Error("an empty stream makes no record");
  return record;
}

/** A draft as the desk would keep it. */
export const kept = (draft: Draft): Event => ({
  ...draft,
  id: `main/${draft.stream.kind}/${draft.stream.id}/${draft.version}`,
  tenant: "main",
  recordedAt: draft.at,
  correlation: `main/${draft.stream.kind}/${draft.stream.id}/${draft.version}`,
});
