import { dayToLocalDate, type LocalDate, localDateToDay } from "../kernel/instant.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import { parse, preview } from "../kernel/schema.js";
import { sha256 } from "../kernel/sha256.js";
import type { Token } from "../kernel/token.js";
import { startOfLocalDate } from "../kernel/zone.js";
import type { Anchor, Anchored, Planned, Window } from "./anchor.js";
import type { Occurrence } from "./model.js";
import type { Plan, Step } from "./policy.js";

/** What is planned of a customer already: of an occurrence, the day its plan gave it, and whether it is still to come. */
export interface Standing {
  readonly id: string;
  readonly plan: { readonly id: string; readonly on: LocalDate };
  /** Only what is planned is moved or cancelled; what is due, done or cancelled stays as it is. */
  readonly planned: boolean;
  /** An attempt that is being repeated has left its planned day. */
  readonly missed: number;
}

/** What is to be done so that the plan holds. */
export interface Planning {
  readonly create: readonly { readonly id: string; readonly occurrence: Occurrence }[];
  readonly move: readonly { readonly id: string; readonly dueOn: LocalDate }[];
  readonly cancel: readonly { readonly id: string }[];
}

/** The id of an occurrence: the same customer, plan, step and anchor, the same id. */
export const occurrenceId = (customerId: string, plan: string, step: string, key: string): string =>
  `f-${sha256(JSON.stringify([customerId, plan, step, key])).slice(0, 32)}`;

/**
 * Compares a plan with what stands, for one customer and a window of days: what to create, move and cancel. Doing it
 * and planning anew answers nothing more to do; an occurrence is never doubled, also when it was moved, done or
 * cancelled since. Refuses a plan that names what is not installed (`UNKNOWN_REFERENCE`), another revision
 * (`OTHER_REVISION`), or arguments that do not fit (`INVALID_INPUT`).
 *
 * @example
 * ```ts
 * import { createServiceRules, followUpPlan, inStage, planFollowUps, unwrap } from "clientele";
 *
 * const plan = followUpPlan.version({
 *   id: "welcome", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: { steps: [{ id: "call", ...inStage.at({ stage: "signed" }), offsetDays: 7, channel: "phone", script: "Welcome" }] },
 * });
 * const subject = {
 *   customerId: "c-7", facts: {}, grade: null, stage: { state: "signed", since: "2026-03-01" }, events: [],
 * };
 * const { installed } = createServiceRules();
 * const window = { from: "2026-03-01", to: "2026-03-31" };
 * unwrap(planFollowUps(plan, subject, [], window, "UTC", installed)).create[0]?.occurrence.dueOn; // => "2026-03-08"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function planFollowUps(
  plan: Plan,
  subject: Planned,
  standing: readonly Standing[],
  window: Window,
  zone: string,
  installed: (token: string, id: string) => Token | undefined,
): Result<Planning> {
  const wanted = new Map<string, { readonly step: Step; readonly key: string; readonly dueOn: LocalDate }>();
  for (const step of plan.body.steps) {
    const days = daysOf(step, subject, window, installed);
    if (!days.ok) return days;
    for (const { key, on } of days.value)
      wanted.set(occurrenceId(subject.customerId, plan.id, step.id, key), { step, key, dueOn: on });
  }
  const known = new Map(standing.map((s) => [s.id, s]));
  const inside = (day: LocalDate) => day >= window.from && day <= window.to;
  const create = [...wanted]
    .filter(([id]) => !known.has(id))
    .map(([id, { step, key, dueOn }]) => ({ id, occurrence: occurrenceOf(plan, step, key, dueOn, subject, zone) }));
  const own = standing.filter((s) => s.planned && s.missed === 0 && s.plan.id === plan.id);
  const move = own.flatMap((s) => {
    const day = wanted.get(s.id)?.dueOn;
    return day === undefined || day === s.plan.on ? [] : [{ id: s.id, dueOn: day }];
  });
  const cancel = own.filter((s) => inside(s.plan.on) && !wanted.has(s.id)).map(({ id }) => ({ id }));
  return ok({ create, move, cancel });
}

/** The days of a step that fall into the window, its offset counted. */
function daysOf(
  step: Step,
  subject: Planned,
  window: Window,
  installed: (token: string, id: string) => Token | undefined,
): Result<readonly Anchored[]> {
  const anchor = installed("anchor", step.anchor.slice(0, step.anchor.lastIndexOf("@"))) as Anchor | undefined;
  if (anchor === undefined) return refuse({ code: "UNKNOWN_REFERENCE", subject: `anchor ${preview(step.anchor)}` });
  if (step.anchor !== `${anchor.id}@${anchor.revision}`)
    return refuse({ code: "OTHER_REVISION", subject: step.anchor });
  const args = parse(anchor["~def"].args, step.args);
  if (!args.ok)
    return refuse({
      code: "INVALID_INPUT",
      issues: args.error.map((i) => ({ ...i, path: `${step.id}.args.${i.path}` })),
    });
  const offset = step.offsetDays ?? 0;
  const shifted = (day: LocalDate, by: number) => dayToLocalDate(localDateToDay(day) + by);
  const looked = { from: shifted(window.from, -offset), to: shifted(window.to, -offset) };
  const run = (anchor["~def"].days as (args: unknown) => (s: Planned, w: Window) => readonly Anchored[])(args.value);
  return ok(
    run(subject, looked)
      .filter(({ on }) => on >= looked.from && on <= looked.to)
      .map(({ key, on }) => ({ key, on: shifted(on, offset) })),
  );
}

function occurrenceOf(
  plan: Plan,
  step: Step,
  key: string,
  dueOn: LocalDate,
  { customerId }: Planned,
  zone: string,
): Occurrence {
  return {
    customerId,
    plan: { id: plan.id, hash: plan.hash, step: step.id, key, on: dueOn },
    dueOn,
    dueAt: startOfLocalDate(dueOn, zone),
    channel: step.channel,
    script: step.script,
    attempts: plan.body.attempts ?? 3,
    retryDays: plan.body.retryDays ?? 1,
  };
}
