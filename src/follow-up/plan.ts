import { guarded } from "../kernel/guarded.js";
import { dayToLocalDate, isLocalDate, type LocalDate, localDateToDay } from "../kernel/instant.js";
import { type Issue, ok, type Result, refuse } from "../kernel/result.js";
import { parse, preview } from "../kernel/schema.js";
import { sha256 } from "../kernel/sha256.js";
import type { Installed } from "../kernel/token.js";
import { isZone, startOfLocalDate } from "../kernel/zone.js";
import { blaming, contained, fault } from "../lifecycle/fault.js";

import type { Anchor, Anchored, Planned, Window } from "./anchor.js";
import type { Occurrence } from "./model.js";
import type { Plan, Step } from "./policy.js";

/** What there is of a customer's follow-ups already. */
export interface Standing {
  readonly id: string;
  /** Of which plan and step it is, and the day they gave it. */
  readonly plan: { readonly id: string; readonly step: string; readonly on: LocalDate };
  /**
   * `planned`: still to come, on the day that the plan gave it. `dropped`: the plan has not called for it. `refused`:
   * the customer does not want this step. `kept`: anything else, which stays as it is: due, done, cancelled, tried again,
   * or moved by hand.
   */
  readonly is: "planned" | "dropped" | "refused" | "kept";
}

/** What is to be done so that the plan holds. */
export interface Planning {
  readonly create: readonly { readonly id: string; readonly occurrence: Occurrence }[];
  /** Also what was dropped and is called for again. */
  readonly move: readonly { readonly id: string; readonly dueOn: LocalDate }[];
  readonly drop: readonly { readonly id: string }[];
}

/**
 * The id of an occurrence: the same customer, plan, step and anchor, the same id.
 *
 * @example
 * ```ts
 * import { occurrenceId } from "clientele";
 *
 * occurrenceId("c-7", "welcome", "call", "2026-03-01") === occurrenceId("c-7", "welcome", "call", "2026-03-01"); // => true
 * occurrenceId("c-7", "welcome", "call", "2026-03-01") === occurrenceId("c-8", "welcome", "call", "2026-03-01"); // => false
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export const occurrenceId = (customerId: string, plan: string, step: string, key: string): string =>
  guarded(
    "INVALID_OPTIONS",
    "occurrenceId",
    () => `f-${sha256(JSON.stringify([customerId, plan, step, key])).slice(0, 32)}`,
  );

/** Ten years and a few days: the work of planning is bounded by the window. */
const longest = 3660;

/**
 * Compares a plan with what stands, for one customer and a window of at most 3,660 days: what to create, move and drop.
 * Doing it and planning anew answers nothing more to do; an occurrence is never doubled, also when it was moved, done or
 * cancelled since, and what the plan dropped it brings back when it calls for it again. What is planned keeps the words
 * it was planned with. A step that the customer has refused once is not planned any more.
 *
 * Refuses a window or zone that is none (`INVALID_INPUT`), a plan that names what is not installed
 * (`UNKNOWN_REFERENCE`), another revision (`OTHER_REVISION`), or arguments that do not fit (`INVALID_INPUT`).
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
  installed: Installed,
): Result<Planning> {
  return contained("follow-up", () => {
    const issues = windowIssues(window, zone);
    if (issues.length > 0) return refuse({ code: "INVALID_INPUT", issues });
    const own = standing.filter((s) => s.plan.id === plan.id);
    const unwelcome = new Set(own.filter((s) => s.is === "refused").map((s) => s.plan.step));
    const wanted = new Map<string, Occurrence>();
    for (const step of plan.body.steps) {
      const days = daysOf(step, subject, window, installed);
      if (!days.ok) return days;
      if (unwelcome.has(step.id)) continue;
      for (const day of days.value)
        wanted.set(
          occurrenceId(subject.customerId, plan.id, step.id, day.key),
          occurrenceOf(plan, step, day, subject, zone),
        );
    }
    const known = new Set(standing.map((s) => s.id));
    const inside = (day: LocalDate) => day >= window.from && day <= window.to;
    return ok({
      create: [...wanted].filter(([id]) => !known.has(id)).map(([id, occurrence]) => ({ id, occurrence })),
      move: own.flatMap(({ id, plan: { on }, is }) => {
        const dueOn = wanted.get(id)?.dueOn;
        const moves = dueOn !== undefined && (is === "dropped" || (is === "planned" && dueOn !== on));
        return moves ? [{ id, dueOn }] : [];
      }),
      drop: own
        .filter(({ id, plan: { on }, is }) => is === "planned" && inside(on) && !wanted.has(id))
        .map(({ id }) => ({ id })),
    });
  });
}

function windowIssues({ from, to }: Window, zone: string): readonly Issue[] {
  const issues: Issue[] = [];
  const wrong = (path: string, message: string) => issues.push({ path, code: "custom", message });
  for (const [path, day] of Object.entries({ from, to }))
    if (!isLocalDate(day) || day < "0002" || day >= "9998")
      wrong(path, `a day YYYY-MM-DD of the years 0002 to 9997 is needed, found ${preview(day)}`);
  const length = localDateToDay(to) - localDateToDay(from) + 1;
  if (!(length >= 1 && length <= longest) && issues.length === 0)
    wrong("to", `a window of 1 to ${longest} days is needed, found ${length}`);
  if (!isZone(zone)) wrong("zone", `no time zone is called ${preview(zone)}`);
  return issues;
}

/** The days of a step that fall into the window, its offset counted. */
function daysOf(step: Step, subject: Planned, window: Window, installed: Installed): Result<readonly Anchored[]> {
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
  const [first, last] = [localDateToDay(window.from), localDateToDay(window.to)];
  // An offset may lead out of the years that there are.
  const shifted = (day: number) =>
    dayToLocalDate(Math.min(localDateToDay("9999-12-31"), Math.max(localDateToDay("0001-01-01"), day - offset)));
  const looked = { from: shifted(first), to: shifted(last) };
  const days = anchor["~def"].days as (args: unknown) => (subject: Planned, window: Window) => readonly Anchored[];
  const found = blaming(anchor.id, (value: unknown) => days(value)(subject, looked), args.value);
  if (!Array.isArray(found) || !found.every(isAnchored))
    throw fault(anchor.id, "an anchor must answer a list of { key, on }: 1 to 400 characters, and a day");
  return ok(
    found.flatMap(({ key, on }: Anchored) => {
      const day = localDateToDay(on) + offset;
      return day >= first && day <= last ? [{ key, on: dayToLocalDate(day) }] : [];
    }),
  );
}

const isAnchored = (day: Partial<Anchored> | null | undefined): boolean =>
  typeof day?.key === "string" && day.key.length >= 1 && day.key.length <= 400 && isLocalDate(day.on);

function occurrenceOf(
  plan: Plan,
  step: Step,
  { key, on }: Anchored,
  { customerId }: Planned,
  zone: string,
): Occurrence {
  return {
    customerId,
    plan: { id: plan.id, hash: plan.hash, step: step.id, key, on },
    dueOn: on,
    dueAt: startOfLocalDate(on, zone),
    channel: step.channel,
    script: step.script,
    attempts: plan.body.attempts ?? 3,
    retryDays: plan.body.retryDays ?? 1,
  };
}
