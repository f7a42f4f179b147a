import type { Actor } from "../kernel/context.js";
import type { LocalDate } from "../kernel/instant.js";
import type { AnyRecord } from "../kernel/record.js";
import { localDateOf } from "../kernel/zone.js";
import type { UnitOfWork } from "../ports/store.js";
import { plannedKinds, planOrders } from "../rules/index.js";
import { type BatchItem, type BatchOptions, batch } from "./batch.js";
import { type House, orStop } from "./house.js";
import { carryOut, contextFor, load, wholeTimeline } from "./save.js";

export interface PlanOptions extends BatchOptions {
  /** The id of the follow-up plan; the version in force is used. */
  readonly plan: string;
  /** The days to plan for, both included. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Of which kinds of records the events may anchor a step, with the index that holds the customer; none by default. */
  readonly follow?: readonly { readonly kind: string; readonly customer: string }[];
}

const actor: Actor = { kind: "system", id: "plan_all" };

/** Makes a follow-up plan hold for every customer: creates, moves and cancels what it calls for, and doubles nothing. */
export const planAll = <Tx>(house: House<Tx>, tenant: string, options: PlanOptions): AsyncGenerator<BatchItem> =>
  batch(
    house,
    tenant,
    plannedKinds.customer,
    async (unit, { id }) => {
      const customer = await load(house, unit, plannedKinds.customer, id);
      const context = await contextFor(
        house,
        unit,
        actor,
        plannedKinds.followUp,
        `${id}/${options.plan}`,
        customer.version,
      );
      const records = {
        customer,
        grading: await unit.of(plannedKinds.grading).get(id),
        followUps: await allOf(unit, plannedKinds.followUp, "customerId", id),
        events: await followed(unit, options.follow ?? [], id, house.zone),
      };
      const orders = orStop(planOrders(records, options.plan, options, context, house.rules.installed));
      return carryOut(house, unit, orders, context);
    },
    options,
  );

async function allOf(unit: UnitOfWork, kind: string, index: string, value: string): Promise<readonly AnyRecord[]> {
  const records: AnyRecord[] = [];
  let after: string | undefined;
  do {
    const page = await unit
      .of(kind)
      .find({ where: { [index]: value }, limit: 500, ...(after === undefined ? {} : { after }) });
    records.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return records;
}

/** What has happened to the records of a customer, of the kinds that a plan follows up. */
async function followed(unit: UnitOfWork, kinds: NonNullable<PlanOptions["follow"]>, customerId: string, zone: string) {
  const events: { id: string; type: string; on: LocalDate; at: string }[] = [];
  for (const { kind, customer } of kinds)
    for (const record of await allOf(unit, kind, customer, customerId))
      for (const { id, type, at } of await wholeTimeline(unit, kind, record.id))
        events.push({ id, type, at, on: localDateOf(at, zone) });
  return events;
}
