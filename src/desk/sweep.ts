import { clockActor } from "../kernel/context.js";
import type { Refusal, Result } from "../kernel/result.js";
import type { Due } from "../ports/store.js";
import { policyRecord } from "../rules/index.js";
import { doorsOf, type House, later, orStop, settled } from "./house.js";
import { type Abort, given, isOff, whole } from "./options.js";
import { columnsOf, contextFor, load, save } from "./save.js";

export interface SweepOptions {
  /** How many records at most; default 100. */
  readonly limit?: number;
  /** How long a record is kept from other sweepers; default a minute. */
  readonly leaseMs?: number;
  readonly signal?: Abort;
}
export interface SweepReport {
  /** How many records time has changed. */
  readonly swept: number;
  /** How many had been woken too early and were only indexed anew. */
  readonly early: number;
  /** What could not be swept, and why; it is tried again in an hour, after a `CONFLICT` when the lease ends. */
  readonly refused: readonly (Due & { readonly refusal: Refusal })[];
}

const hour = 3_600_000;

/** Says what time alone has caused, of every tenant's records whose wake-up has come. Any number may run at once. */
export async function sweep<Tx>(house: House<Tx>, options?: SweepOptions): Promise<SweepReport> {
  const asked = given("sweep", options, ["limit", "leaseMs", "signal"]);
  const limit = whole("limit", asked.limit ?? 100);
  const leaseMs = whole("leaseMs", asked.leaseMs ?? 60_000);
  const now = house.clock();
  const due = await house.store.claimDue({ now, leaseUntil: later(now, leaseMs), limit });
  const refused: (Due & { refusal: Refusal })[] = [];
  let swept = 0;
  let early = 0;
  let thrown: { readonly error: unknown } | undefined;
  for (const record of due) {
    if (isOff(asked.signal)) break;
    const key = JSON.stringify([record.tenant, record.kind, record.id]);
    const done = await house
      .turns(key, () => one(house, record))
      .catch(async (error: unknown) => {
        // One that cannot even be read must not keep the others waiting, now or the next time.
        thrown ??= { error };
        await house.store.postpone(record, later(now, hour)).catch(() => undefined);
        return undefined;
      });
    if (done === undefined) continue;
    if (!done.ok) {
      refused.push({ ...record, refusal: done.error });
      // Who was faster has freed the record and knows better when it wakes.
      if (done.error.code !== "CONFLICT")
        await house.store.postpone(record, later(now, hour)).catch((error: unknown) => {
          thrown ??= { error };
        });
    } else if (done.value > 0) swept++;
    else early++;
  }
  if (thrown !== undefined) throw thrown.error;
  return { swept, early, refused };
}

/** Brings one record to now; answers how many events that took. */
function one<Tx>(house: House<Tx>, { tenant, kind, id }: Due): Promise<Result<number>> {
  const reads = { record: { kind, id }, revisionOf: policyRecord.id };
  return settled(house, { tenant, reads }, id, async (unit) => {
    const record = await load(house, unit, kind, id);
    const doors = doorsOf(house, kind);
    const context = await contextFor(house, unit, { kind: "system", id: "sweep" }, kind, id, record.version);
    const decided = orStop(doors.sweep(record, context));
    if (decided.events.length === 0)
      await unit.of(kind).reindex(id, record.version, columnsOf(doors, record, context.book));
    else await save(house, unit, kind, record.version, decided, { ...context, actor: clockActor });
    return decided.events.length;
  });
}
