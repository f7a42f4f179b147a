import { type Actor, actorIssues } from "../kernel/context.js";
import { hashOf } from "../kernel/hash.js";
import type { Instant } from "../kernel/instant.js";
import type { Issue, Refusal, Result } from "../kernel/result.js";
import { refuse } from "../kernel/result.js";
import { idText, parse } from "../kernel/schema.js";
import type { UnitOfWork } from "../ports/store.js";
import type { Command } from "../rules/index.js";
import { day, doorsOf, type House, later, orStop, refusalOf, Stop, settled } from "./house.js";
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

/** Opens a record under a new id. */
export async function open<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  request: OpenRequest<unknown, Tx>,
): Promise<Answer<Done>> {
  const wrong = malformed(request);
  if (wrong !== undefined) return refuse(wrong);
  const { actor, input } = request;
  const id = house.newId();
  return answer(
    await once(house, tenant, request, { kind, open: input ?? null }, async (unit) => {
      const context = await contextFor(house, unit, actor, kind, id, 0);
      const decided = orStop(doorsOf(house, kind).open({ id, input }, context));
      return { id, version: 1, events: await save(house, unit, kind, 0, decided, context, context.now) };
    }),
  );
}

/** Brings a record to now and gives it a command. */
export async function execute<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  request: ExecuteRequest<Command, Tx>,
): Promise<Answer<Done>> {
  const wrong = malformed(request) ?? malformedTarget(request);
  if (wrong !== undefined) return refuse(wrong);
  const { actor, id, expectedVersion, at } = request;
  const { type, input } = request.command;
  const command: Command = at === undefined ? { type, input } : { type, input, at };
  const body = { kind, id, type, input: input ?? null, at: at ?? null, expectedVersion: expectedVersion ?? null };
  const run = () =>
    once(house, tenant, request, body, async (unit) => {
      const record = await load(house, unit, kind, id);
      if (expectedVersion !== undefined && record.commandVersion !== expectedVersion)
        throw new Stop({ code: "CONFLICT", subject: id });
      const doors = doorsOf(house, kind);
      const context = await contextFor(house, unit, actor, kind, id, record.version);
      const timeline = await timelineFor(unit, doors, type, kind, id);
      const decided = orStop(doors.decide(record, command, context, timeline));
      const events = await save(house, unit, kind, record.version, decided, context, house.clock());
      return { id, version: decided.next.version, events };
    });
  // Joined work must not wait for others: they may wait for the host's transaction.
  if (request.join !== undefined) return answer(await run());
  return answer(await house.turns(JSON.stringify([tenant, kind, id]), run));
}

/** Does the work once for a command id: the same id again is answered from the receipt. */
async function once<Tx>(
  house: House<Tx>,
  tenant: string,
  request: Asked<Tx>,
  body: object,
  work: (unit: UnitOfWork<Tx>) => Promise<Omit<Done, "replayed">>,
): Promise<Result<Done>> {
  const { commandId, actor } = request;
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
  return settled(
    house,
    { tenant, join: request.join },
    commandId ?? JSON.stringify(body).slice(0, 200),
    async (unit) => {
      if (commandId === undefined) return { ...(await work(unit)), replayed: false };
      const now = house.clock();
      const known = await unit.receipts.find(commandId, now);
      if (known !== undefined && known.hash !== hash) throw new Stop({ code: "COMMAND_REUSED", subject: commandId });
      if (known !== undefined) return { id: known.id, version: known.version, events: known.events, replayed: true };
      const done = await work(unit);
      const expiresAt = house.receiptDays === null ? null : later(now, house.receiptDays * day);
      await unit.receipts.put(commandId, { hash, ...done, expiresAt }, now);
      return { ...done, replayed: false };
    },
  );
}

const anyId = /* @__PURE__ */ idText();
const textIssues = (value: unknown, path: string): readonly Issue[] => {
  const read = parse(anyId, value);
  return read.ok ? [] : read.error.map((issue) => ({ ...issue, path }));
};

function malformed(request: Asked<unknown>): Refusal | undefined {
  if (typeof request !== "object" || request === null)
    return { code: "INVALID_INPUT", issues: [{ path: "", code: "invalid_type", message: "a request is needed" }] };
  const issues = [
    ...actorIssues(request.actor),
    ...(request.commandId === undefined ? [] : textIssues(request.commandId, "commandId")),
  ];
  return issues.length === 0 ? undefined : { code: "INVALID_INPUT", issues };
}

function malformedTarget(request: ExecuteRequest<unknown, unknown>): Refusal | undefined {
  const issues = [...textIssues(request.id, "id")];
  if (typeof request.command !== "object" || request.command === null)
    issues.push({ path: "command", code: "invalid_type", message: "a command { type, input } is needed" });
  if (request.expectedVersion !== undefined && !Number.isSafeInteger(request.expectedVersion))
    issues.push({ path: "expectedVersion", code: "invalid_type", message: "a whole number is needed" });
  return issues.length === 0 ? undefined : { code: "INVALID_INPUT", issues };
}
