import type { EventToken } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import { personalPaths } from "../kernel/personal.js";
import type { Token } from "../kernel/token.js";
import { wrongTarget } from "../sla/index.js";
import { circle } from "./circle.js";
import { type AnyKind, accepts, tokensOf } from "./compile.js";
import { ownEvents } from "./record-kind.js";
import { spanMs } from "./span.js";
import type { Clock, Guard, Permit, State, Transition } from "./tokens.js";

/** What can be wrong with one life. */
export type LifecycleCode =
  | "BACKDATED_MOVE"
  | "DEAD_END"
  | "DEADLINE_CYCLE"
  | "INVALID_DEADLINE"
  | "INVALID_INDEX"
  | "INVALID_TARGET"
  | "NEVER_POSSIBLE"
  | "NOBODY_MAY"
  | "NOTHING_SAID"
  | "NO_DEADLINE"
  | "RETURN_WITHOUT_PAUSE"
  | "UNKNOWN_REFERENCE"
  | "UNREACHABLE_STATE";

export interface Finding {
  readonly code: LifecycleCode;
  readonly token: Token;
  readonly subject: string;
  readonly message: string;
}

/**
 * Everything that is wrong with the life of one kind, without running it: states that nothing leads to, dead ends,
 * states without a deadline, deadlines in a circle, commands that no state accepts or nobody may give.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { recordKind, verifyLifecycle } from "clientele";
 *
 * const visit = recordKind("acme.visit", { revision: 1, initial: "acme.planned", schema: z.object({}) });
 * const planned = visit.state("acme.planned", { phase: "open", deadline: { days: 3 } });
 * verifyLifecycle(visit, [visit, planned]).map((f) => f.code); // => ["DEAD_END"]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function verifyLifecycle(kind: AnyKind, tokens: readonly Token[]): readonly Finding[] {
  return guarded("INVALID_COMPOSITION", "verifyLifecycle", () => findings(kind, tokens));
}

/** The same inside a door that is guarded already. */
export function findings(kind: AnyKind, tokens: readonly Token[]): readonly Finding[] {
  const found: Finding[] = [];
  const report: Report = (code, token, message, subject = token.id) => {
    found.push({ code, token, subject, message });
  };
  const states = tokensOf<State>(tokens, kind.id, "state");
  const transitions = tokensOf<Transition>(tokens, kind.id, "transition");
  const permits = tokensOf<Permit>(tokens, kind.id, "permit");
  const events = new Set([...ownEvents(kind), ...tokensOf(tokens, kind.id, "event")].map((e) => e.id));
  const known = (list: readonly Token[]) => new Set(list.map((t) => t.id));
  const refer = (by: Token, to: Token, ids: ReadonlySet<string>) => {
    if (!ids.has(to.id))
      report(
        "UNKNOWN_REFERENCE",
        by,
        `"${by.id}" names the ${to.token} "${to.id}", which no installed plugin defines`,
        to.id,
      );
  };
  const stateIds = known(states);
  const commandIds = known(transitions);
  for (const g of tokensOf<Guard>(tokens, kind.id, "guard")) refer(g, g["~def"].on, commandIds);
  for (const p of permits) for (const c of p["~def"].commands) refer(p, c, commandIds);

  for (const c of tokensOf<Clock>(tokens, kind.id, "clock")) {
    const { hears, emits, target } = c["~def"];
    for (const e of [...hears.map((h) => h.event), ...emits]) refer(c, e, events);
    const wrong = target === undefined ? undefined : wrongTarget(target);
    if (wrong !== undefined) report("INVALID_TARGET", c, `the target of "${c.id}": ${wrong}`);
  }

  const { initial: first, schema } = kind["~def"];
  const shape = (schema._zod.def as { shape?: object }).shape;
  const initial = states.find((s) => s.id === first);
  if (initial === undefined)
    report("UNKNOWN_REFERENCE", kind, `"${kind.id}" begins in "${first}", which nobody defines`, first);
  const graph = reach(states, transitions, initial);
  for (const s of states) {
    if (!graph.reached.has(s)) report("UNREACHABLE_STATE", s, `nothing leads to "${s.id}"`);
    else if (!graph.ending.has(s)) report("DEAD_END", s, `from "${s.id}" no closed state can be reached`);
    for (const e of s["~def"].emits) refer(s, e, events);
    if (s.then !== undefined && s.then !== "previous") refer(s, s.then, stateIds);
    if (s.then === "previous" && s.phase !== "paused")
      report("RETURN_WITHOUT_PAUSE", s, `"${s.id}" returns when its deadline lapses, and is not paused`);
    deadline(s, shape, report);
  }
  const lapse = circle(
    new Map([...graph.reached].map((s) => [s.id, new Set(s.then ? graph.resolve(s.then).map((r) => r.id) : [])])),
  );
  if (lapse)
    report("DEADLINE_CYCLE", states.find((s) => s.id === lapse[0])!, `deadlines run in a circle: ${lapse.join(" → ")}`);
  for (const t of transitions) {
    const { from, to, emit, emits, backdated } = t["~def"];
    const sources = [...graph.reached].filter((s) => accepts(from, s));
    if (!("phase" in from)) for (const s of from) refer(t, s, stateIds);
    if (to !== "same" && to !== "previous") refer(t, to, stateIds);
    for (const e of emits as readonly EventToken[]) refer(t, e, events);
    if (sources.length === 0) report("NEVER_POSSIBLE", t, `no reachable state accepts "${t.id}"`);
    if (to === "previous" && sources.some((s) => s.phase !== "paused"))
      report("RETURN_WITHOUT_PAUSE", t, `"${t.id}" returns from a state that is not paused`);
    if (to === "same" && !emit) report("NOTHING_SAID", t, `"${t.id}" neither moves nor says anything`);
    if (to !== "same" && backdated)
      report("BACKDATED_MOVE", t, `"${t.id}" moves the record, and what moved cannot be back-dated`);
    if (!permits.some((p) => p["~def"].commands.some((c) => c.id === t.id)))
      report("NOBODY_MAY", t, `nobody is permitted to "${t.id}"`);
  }
  indexes(kind, shape, report);
  return found;
}

/** `subject` is the token's own id, unless said. */
type Report = (code: LifecycleCode, token: Token, message: string, subject?: string) => void;

function deadline(s: State, shape: object | undefined, report: Report): void {
  if (s.deadline === undefined) {
    if (s.phase !== "closed")
      report("NO_DEADLINE", s, `"${s.id}" is ${s.phase} and nothing ever reminds anybody of it`);
    return;
  }
  if ("field" in s.deadline) {
    if (shape !== undefined && !Object.hasOwn(shape, s.deadline.field))
      report("INVALID_DEADLINE", s, `"${s.id}" is due at the field "${s.deadline.field}", which it does not have`);
  } else if (Number.isNaN(spanMs(s.deadline)))
    report("INVALID_DEADLINE", s, `the deadline of "${s.id}" must be above 0 and at most 100 years`);
  const { reminders } = s;
  if (reminders === undefined) return;
  const sound =
    spanMs(reminders.every) > 0 && Number.isInteger(reminders.times) && reminders.times >= 1 && reminders.times <= 100;
  if (!sound) report("INVALID_DEADLINE", s, `the reminders of "${s.id}" must come 1 to 100 times, at a span above 0`);
}

function indexes(kind: AnyKind, shape: object | undefined, report: Report): void {
  const { schema, indexes } = kind["~def"];
  const personal = new Set(personalPaths(schema).map((p) => p.steps[0]));
  for (const name of indexes) {
    if (shape !== undefined && !Object.hasOwn(shape, name))
      report("INVALID_INDEX", kind, `"${kind.id}" is indexed by "${name}", which it does not have`, name);
    if (personal.has(name))
      report("INVALID_INDEX", kind, `"${kind.id}" cannot be indexed by the personal field "${name}"`, name);
  }
}

/** Reached from the first state only; a phase means "the reached states of that phase", or all would look reachable. */
function reach(states: readonly State[], transitions: readonly Transition[], initial: State | undefined) {
  const reached = new Set<State>(initial ? [initial] : []);
  const byName = new Map(states.map((s) => [s.id, s]));
  const leads = (s: State): readonly (State | "previous")[] => [
    ...(s.then ? [s.then] : []),
    ...transitions
      .filter((t) => t["~def"].to !== "same" && accepts(t["~def"].from, s))
      .map((t) => t["~def"].to as State | "previous"),
  ];
  const pauses = (s: State) => leads(s).some((to) => to !== "previous" && to.phase === "paused");
  const resolve = (to: State | "previous"): readonly State[] =>
    to === "previous"
      ? [...reached].filter((s) => s.phase !== "paused" && pauses(s))
      : [byName.get(to.id)].filter((s) => s !== undefined);
  for (const s of reached)
    for (const to of leads(s)) if (to !== "previous") for (const r of resolve(to)) reached.add(r);
  const ending = new Set([...reached].filter((s) => s.phase === "closed"));
  for (let before = -1; before !== ending.size; ) {
    before = ending.size;
    for (const s of reached) if (leads(s).some((to) => resolve(to).some((r) => ending.has(r)))) ending.add(s);
  }
  return { reached, ending, resolve };
}
