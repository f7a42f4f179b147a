import { type Actor, actorIssues } from "../kernel/context.js";
import type { Stream } from "../kernel/event.js";
import { hashOf } from "../kernel/hash.js";
import type { Instant } from "../kernel/instant.js";
import type { Issue, Refusal, Result } from "../kernel/result.js";
import { ok, refuse } from "../kernel/result.js";
import type { Reads, UnitOfWork } from "../ports/store.js";
import { type Command, policyRecord } from "../rules/index.js";
import { alone } from "./books.js";
import {
  day,
  doorsOf,
  type House,
  later,
  nameIssues,
  orStop,
  readable,
  refusalOf,
  Stop,
  settled,
  wrong,
} from "./house.js";
import { contextFor, load, save, timelineFor } from "./save.js";

/** What every request may carry. */
export interface Asked<Tx> {
  readonly actor: Actor;
  /** The same id again replays the answer; 1 to 200 characters of the host's choice. */
  readonly commandId?: string;
  /** The host's own open transaction: committed or rolled back with it, never retried. */
  readonly join?: Tx;
}
export interface OpenRequest<I, Tx> extends Asked<Tx> {
  readonly input: I;
  /** The host's own id of the thing, such as a customer's; otherwise the desk names it. Taken: `ALREADY_EXISTS`. */
  readonly id?: string;
}
export interface ExecuteRequest<C, Tx> extends Asked<Tx> {
  readonly id: string;
  readonly command: C;
  /** The `commandVersion` that the caller has seen: refused as `CONFLICT` when another command came since. */
  readonly expectedVersion?: number;
  /** When it happened, if earlier than now. */
  readonly at?: Instant;
}

/** What was done. */
export interface Done {
  readonly id: string;
  /** The record's version after it. */
  readonly version: number;
  /** The ids of its events, those of reactions included. */
  readonly events: readonly string[];
  /** Whether this is the answer of an earlier request with the same `commandId`. */
  readonly replayed: boolean;
}

/** A `Result` whose value's fields can also be taken directly: `const { id } = await …open(…)`. */
export type Answer<T> =
  | ({ readonly ok: true; readonly value: T } & T)
  | ({ readonly ok: false; readonly error: Refusal } & { readonly [X in keyof T]?: undefined });

const answer = (result: Result<Done>): Answer<Done> =>
  result.ok ? { ok: true, value: result.value, ...result.value } : result;

interface Opening {
  readonly input: unknown;
  readonly name: string | undefined;
}

/** Opens a record, under a new id or the host's own. */
export async function open<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  request: OpenRequest<unknown, Tx>,
): Promise<Answer<Done>> {
  const read = readRequest<Tx, OpenRequest<unknown, Tx>, Opening>(request, ({ input, id: name }, issues) => {
    if (name !== undefined) issues.push(...nameIssues(name, "id"));
    return { input, name };
  });
  if (!read.ok) return read;
  const { actor, input, name } = read.value;
  const body = { kind, open: input ?? null, id: name ?? null };
  return answer(
    await once(
      house,
      tenant,
      read.value,
      body,
      kind,
      name === undefined ? undefined : { kind, id: name },
      async (unit) => {
        if (kind === policyRecord.id) throw new Stop(notAdopted);
        const id = name ?? house.newId();
        if (name !== undefined && (await unit.of(kind).get(name)) !== undefined)
          throw new Stop({ code: "ALREADY_EXISTS", subject: name });
        const context = await contextFor(house, unit, actor, kind, id, 0);
        const decided = orStop(doorsOf(house, kind).open({ id, input }, context));
        return { id, version: 1, events: await save(house, unit, kind, 0, decided, context) };
      },
    ),
  );
}

/** A policy is kept under its own name, which only `adopt` gives it: opened, it would evade what `adopt` refuses. */
export const notAdopted = wrong("", "policies are adopted, with policies.adopt");

/** Brings a record to now and gives it a command. */
export async function execute<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  request: ExecuteRequest<Command, Tx>,
): Promise<Answer<Done>> {
  const read = readRequest<Tx, ExecuteRequest<Command, Tx>, Target>(request, readTarget);
  if (!read.ok) return read;
  const { actor, id, type, input, expectedVersion, at, join } = read.value;
  const command: Command = at === undefined ? { type, input } : { type, input, at };
  const body = { kind, id, type, input: input ?? null, at: at ?? null, expectedVersion: expectedVersion ?? null };
  const run = () =>
    once(house, tenant, read.value, body, id, { kind, id }, async (unit) => {
      const record = await load(house, unit, kind, id);
      if (expectedVersion !== undefined && record.commandVersion !== expectedVersion)
        throw new Stop({ code: "CONFLICT", subject: id });
      const doors = doorsOf(house, kind);
      const context = await contextFor(house, unit, actor, kind, id, record.version);
      const timeline = await timelineFor(unit, doors, type, kind, id);
      const decided = orStop(doors.decide(record, command, context, timeline));
      const events = await save(house, unit, kind, record.version, decided, context);
      return { id, version: decided.next.version, events };
    });
  // Joined work must not wait for others: they may wait for the host's transaction.
  if (join !== undefined) return answer(await run());
  return answer(await house.turns(JSON.stringify([tenant, kind, id]), run));
}

/** Does the work once for a command id: the same id again is answered from the receipt. */
async function once<Tx>(
  house: House<Tx>,
  tenant: string,
  { actor, commandId, join }: Read<Tx>,
  body: object,
  subject: string,
  /** Which record the work will read first. */
  record: Stream | undefined,
  work: (unit: UnitOfWork<Tx>) => Promise<Omit<Done, "replayed">>,
): Promise<Result<Done>> {
  let hash = "";
  if (commandId !== undefined) {
    try {
      hash = hashOf({ ...body, actor: { kind: actor.kind, id: actor.id } });
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal === undefined) throw thrown;
      return refuse(refusal);
    }
  }
  const reads: Reads = {
    revisionOf: policyRecord.id,
    ...(record === undefined ? {} : { record }),
    ...(commandId === undefined ? {} : { commandId }),
  };
  return settled(house, { tenant, join, reads }, commandId ?? subject, async (unit) => {
    if (join !== undefined) alone(unit);
    if (commandId === undefined) return { ...(await work(unit)), replayed: false };
    const now = house.clock();
    const known = await unit.receipts.find(commandId, now);
    if (known !== undefined && known.hash !== hash) throw new Stop({ code: "COMMAND_REUSED", subject: commandId });
    if (known !== undefined) return { id: known.id, version: known.version, events: known.events, replayed: true };
    const done = await work(unit);
    const expiresAt = house.receiptDays === null ? null : later(now, Math.round(house.receiptDays * day));
    await unit.receipts.put(commandId, { hash, ...done, expiresAt }, now);
    return { ...done, replayed: false };
  });
}

/** What every request says, read once. */
interface Read<Tx> {
  readonly actor: Actor;
  readonly commandId: string | undefined;
  readonly join: Tx | undefined;
}

function readRequest<Tx, R extends Asked<Tx>, More>(
  request: R,
  more: (request: R, issues: Issue[]) => More,
): Result<Read<Tx> & More> {
  try {
    return readable(() => {
      if (typeof request !== "object" || request === null) return refuse(wrong("", "a request is needed"));
      const { commandId, join } = request;
      const issues: Issue[] = [];
      const actor = readActor(request.actor, issues);
      if (commandId !== undefined) issues.push(...nameIssues(commandId, "commandId"));
      const rest = more(request, issues);
      return issues.length === 0 ? ok({ actor, commandId, join, ...rest }) : refuse({ code: "INVALID_INPUT", issues });
    });
  } catch (thrown) {
    return refuse((thrown as Stop).refusal);
  }
}

/** A plain copy of an actor, and what is wrong with it. */
export function readActor(value: Actor, issues: Issue[]): Actor {
  if (typeof value !== "object" || value === null) {
    issues.push(...actorIssues(value));
    return value;
  }
  const { kind, id, roles } = value;
  const actor: Actor = roles === undefined ? { kind, id } : { kind, id, roles: copied(roles) };
  issues.push(...actorIssues(actor));
  // Events carry the actor, so it must be what any database can hold.
  if (issues.length === 0 && [actor.id, ...(actor.roles ?? [])].some((name) => nameIssues(name, "").length > 0))
    issues.push({ path: "actor", code: "custom", message: "lone surrogates and NUL cannot be stored" });
  return actor;
}

/** By index, and one more than are allowed: a list may bring an iterator of its own that never ends. */
const copied = (roles: readonly string[]): readonly string[] =>
  Array.isArray(roles) ? Array.from({ length: Math.min(roles.length, 101) }, (_, i) => roles[i]) : roles;

type Target = ReturnType<typeof readTarget>;

function readTarget({ id, command, expectedVersion, at }: ExecuteRequest<Command, unknown>, issues: Issue[]) {
  issues.push(...nameIssues(id, "id"));
  const said = typeof command === "object" && command !== null;
  if (!said) issues.push({ path: "command", code: "invalid_type", message: "a command { type, input } is needed" });
  if (expectedVersion !== undefined && !Number.isSafeInteger(expectedVersion))
    issues.push({ path: "expectedVersion", code: "invalid_type", message: "a whole number is needed" });
  const { type, input } = said ? command : { type: "", input: undefined };
  return { id, type, input, expectedVersion, at };
}
