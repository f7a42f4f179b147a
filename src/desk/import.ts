import type { Actor } from "../kernel/context.js";
import { ClienteleError } from "../kernel/errors.js";
import { type Instant, isInstant } from "../kernel/instant.js";
import { type Issue, type Refusal, type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import type { UnitOfWork } from "../ports/store.js";
import { type Command, policyRecord } from "../rules/index.js";
import { notAdopted, readActor } from "./commands.js";
import { doorsOf, type House, needName, orStop, readable, refusalOf, Stop, settled, wrong } from "./house.js";
import { type Abort, given, isOff, optional } from "./options.js";
import { columnsOf, contextFor, envelop } from "./save.js";

/** A case from elsewhere: opened then, and what was done with it since, each with its own date and actor. */
export interface ImportedCase<I, C> {
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly input: I;
  readonly commands?: readonly (C & { readonly at: Instant; readonly actor: Actor })[];
}

/** How one case went. `present`: it was there already, so an import that was broken off can simply run again. */
export type ImportOutcome =
  | { readonly id: string; readonly outcome: "imported"; readonly version: number }
  | { readonly id: string; readonly outcome: "present" }
  | { readonly id: string; readonly outcome: "refused"; readonly refusal: Refusal; readonly command: number | "open" };

export interface ImportOptions {
  readonly signal?: Abort;
  readonly onProgress?: (done: number) => void;
}

type Case = ImportedCase<unknown, Command>;
type Cases = Iterable<Case> | AsyncIterable<Case>;

/**
 * Takes cases in one by one, each whole or not at all. Their events are dated when they happened and recorded now;
 * reactions do not run again, for what followed then has followed.
 */
export async function* importCases<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  cases: Cases,
  options?: ImportOptions,
): AsyncGenerator<ImportOutcome> {
  const { signal, onProgress } = given("import", options, ["signal", "onProgress"]);
  optional("onProgress", onProgress);
  if (!isIterable(cases))
    throw new ClienteleError(
      "INVALID_OPTIONS",
      `import: cases, one after the other, are needed, found ${preview(cases)}`,
    );
  let done = 0;
  for await (const { one } of Symbol.asyncIterator in cases ? boxedAsync(cases) : boxed(cases)) {
    if (isOff(signal)) return;
    yield await importCase(house, tenant, kind, one);
    onProgress?.(++done);
  }
}

/** In a box, because a case is awaited otherwise, and what is awaited is asked for its `then`. */
function* boxed(cases: Iterable<Case>): Generator<{ readonly one: Case }> {
  for (const one of cases) yield { one };
}
async function* boxedAsync(cases: AsyncIterable<Case>): AsyncGenerator<{ readonly one: Case }> {
  for await (const one of cases) yield { one };
}

function isIterable(cases: unknown): cases is Cases {
  try {
    const c = cases as Partial<Iterable<Case> & AsyncIterable<Case>> | null;
    return typeof c === "object" && typeof (c?.[Symbol.asyncIterator] ?? c?.[Symbol.iterator]) === "function";
  } catch {
    return false;
  }
}

async function importCase<Tx>(house: House<Tx>, tenant: string, kind: string, one: Case): Promise<ImportOutcome> {
  const taken: Taken = { id: preview(undefined), command: "open" };
  const saved = await taking(house, tenant, kind, one, taken);
  if (!saved.ok) return { id: taken.id, outcome: "refused", refusal: saved.error, command: taken.command };
  if (saved.value === undefined) return { id: taken.id, outcome: "present" };
  return { id: taken.id, outcome: "imported", version: saved.value };
}

/** How far the taking of one case has come: what a refusal is then told with. */
interface Taken {
  id: string;
  command: number | "open";
}

async function taking<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  one: Case,
  taken: Taken,
): Promise<Result<number | undefined>> {
  let read: ReturnType<typeof readCase>;
  try {
    read = readCase(one, taken);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === undefined) throw thrown;
    return refuse(refusal);
  }
  return settled(house, { tenant }, read.id, (unit) => take(house, unit, kind, read, taken));
}

async function take<Tx>(
  house: House<Tx>,
  unit: UnitOfWork<Tx>,
  kind: string,
  { id, first, commands }: ReturnType<typeof readCase>,
  taken: Taken,
): Promise<number | undefined> {
  taken.command = "open";
  const doors = doorsOf(house, kind);
  if (kind === policyRecord.id) throw new Stop(notAdopted);
  if ((await unit.of(kind).get(id)) !== undefined) return undefined;
  const recordedAt = house.clock();
  const contextAt = async ({ at, actor }: Step, version: number) => {
    if (at > recordedAt) throw new Stop({ code: "IN_THE_FUTURE", subject: at });
    return { ...(await contextFor(house, unit, actor, kind, id, version)), now: at };
  };
  let context = await contextAt(first, 0);
  let decision = orStop(doors.open({ id, input: first.input }, context));
  const events = [...decision.events];
  for (const [place, read] of commands.entries()) {
    taken.command = place;
    const step = read();
    context = await contextAt(step, decision.next.version);
    const { type, input, at } = step;
    decision = orStop(doors.decide(decision.next, { type, input, at }, context));
    events.push(...decision.events);
  }
  const { next } = decision;
  await unit.of(kind).put(next, 0, columnsOf(doors, next, context.book));
  const sealed = envelop(events, unit.tenant, recordedAt, undefined);
  await unit.events.append(sealed.map((event) => ({ event, personal: doors.personalInEvent(event, next) })));
  return next.version;
}

/** One thing that was done in a case. */
interface Step {
  readonly type: string;
  readonly input: unknown;
  readonly at: Instant;
  readonly actor: Actor;
}

function readCase(one: Case, taken: Taken) {
  return readable(() => {
    if (typeof one !== "object" || one === null) throw new Stop(wrong("", `a case is needed, found ${preview(one)}`));
    const { id, commands = [] } = one;
    taken.id = typeof id === "string" ? id : preview(id);
    needName(id, "id");
    if (!Array.isArray(commands)) throw new Stop(wrong("commands", `a list is needed, found ${preview(commands)}`));
    const given: readonly (Command & { readonly at: Instant; readonly actor: Actor })[] = commands;
    return {
      id,
      first: readStep({ type: "open", ...pick(one) }),
      commands: Array.from({ length: given.length }, (_, i) => () => readable(() => readStep(given[i]))),
    };
  });
}

const pick = ({ input, at, actor }: Case) => ({ input, at, actor });

function readStep(step: (Command & { readonly at: Instant; readonly actor: Actor }) | undefined): Step {
  if (typeof step !== "object" || step === null)
    throw new Stop(wrong("", `a command { type, input, at, actor } is needed, found ${preview(step)}`));
  const { type, input, at } = step;
  const issues: Issue[] = [];
  const actor = readActor(step.actor, issues);
  if (issues.length > 0) throw new Stop({ code: "INVALID_INPUT", issues });
  if (!isInstant(at)) throw new Stop(wrong("at", `an instant is needed, found ${preview(at)}`));
  return { type, input, at, actor };
}
