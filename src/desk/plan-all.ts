import type { Actor } from "../kernel/context.js";
import { ClienteleError } from "../kernel/errors.js";
import type { Instant, LocalDate } from "../kernel/instant.js";
import type { AnyRecord } from "../kernel/record.js";
import { preview } from "../kernel/schema.js";
import { localDateOf } from "../kernel/zone.js";
import type { UnitOfWork } from "../ports/store.js";
import { plannedKinds, planOrders } from "../rules/index.js";
import { type BatchItem, type BatchOptions, batch, batchOptions } from "./batch.js";
import { doorsOf, type House, orStop } from "./house.js";
import { observedEach } from "./observe.js";
import { given } from "./options.js";
import { carryOut, contextFor, load, wholeTimeline } from "./save.js";

export interface PlanOptions extends BatchOptions {
  /** The id of the follow-up plan; the version in force is used. */
  readonly plan: string;
  /** The days to plan for, both included; at most 3,660. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /**
   * Of which kinds of records the events may anchor a step, with the index that holds the customer; without an index:
   * the record with the customer's own id. None by default.
   */
  readonly follow?: readonly { readonly kind: string; readonly customer?: string }[];
}
type Followed = NonNullable<PlanOptions["follow"]>[number];

const actor: Actor = { kind: "system", id: "plan_all" };

/** Makes a follow-up plan hold for every customer: creates, moves and drops what it calls for, and doubles nothing. */
export const planAll = <Tx>(house: House<Tx>, tenant: string, options: PlanOptions): AsyncGenerator<BatchItem> =>
  observedEach(house.observe, "planAll", tenant, () => {
    const asked = given("planAll", options, ["plan", "from", "to", "follow", ...batchOptions]);
    const { plan, from, to } = asked;
    if (typeof plan !== "string") throw new ClienteleError("INVALID_OPTIONS", `plan is an id, found ${preview(plan)}`);
    const follow = followable(house, asked.follow ?? []);
    return batch(
      house,
      tenant,
      plannedKinds.customer,
      async (unit, { id }) => {
        const customer = await load(house, unit, plannedKinds.customer, id);
        const seed = `${id}/${plan}`;
        const context = await contextFor(house, unit, actor, plannedKinds.followUp, seed, customer.version);
        const graded = await unit.of(plannedKinds.grading).get(id);
        const records = {
          customer,
          stage: {
            since: await stageSince(unit, customer),
            left: doorsOf(house, plannedKinds.customer).phase(customer) === "closed",
          },
          grading: graded && orStop(doorsOf(house, plannedKinds.grading).revive(graded)),
          followUps: await allOf(house, unit, plannedKinds.followUp, "customerId", id),
          events: await followed(house, unit, follow, id),
        };
        const orders = orStop(planOrders(records, plan, { from, to }, context, house.rules.installed));
        return carryOut(house, unit, orders, context);
      },
      asked,
    );
  });

/** A kind or index that is not there is a mistake of the program: it would find nothing, and say nothing. */
function followable(house: House<any>, follow: readonly Followed[]): readonly Followed[] {
  const wrong = (what: string) => new ClienteleError("INVALID_OPTIONS", `follow: ${what}`);
  if (!Array.isArray(follow)) throw wrong(`a list is needed, found ${preview(follow)}`);
  return follow.map((one: Followed) => {
    const { kind, customer } = given("follow", one, ["kind", "customer"]);
    const doors = house.rules.doors(kind);
    if (doors === undefined) throw wrong(`no kind is called ${preview(kind)}`);
    if (customer === undefined) return { kind };
    if (!doors.indexes.includes(customer)) throw wrong(`"${kind}" has no index ${preview(customer)}`);
    return { kind, customer };
  });
}

async function allOf<Tx>(
  house: House<Tx>,
  unit: UnitOfWork<Tx>,
  kind: string,
  index: string,
  value: string,
): Promise<readonly AnyRecord[]> {
  const records: AnyRecord[] = [];
  let after: string | undefined;
  do {
    const cursor = after === undefined ? {} : { after };
    const page = await unit.of(kind).find({ where: { [index]: value }, limit: 500, ...cursor });
    for (const stored of page.items) records.push(orStop(doorsOf(house, kind).revive(stored)));
    after = page.next;
  } while (after !== undefined);
  return records;
}

/** Since when the customer is in their stage: to confirm what is known of them enters it again, and is no arrival. */
async function stageSince(unit: UnitOfWork, customer: AnyRecord): Promise<Instant> {
  const { enteredAt } = customer.stay;
  if (enteredAt === customer.openedAt) return enteredAt;
  const events = await wholeTimeline(unit, customer.kind, customer.id);
  return events.findLast(({ moved }) => moved !== undefined && moved.from !== moved.to)?.at ?? enteredAt;
}

/** What has happened to the records of a customer, of the kinds that a plan follows up. */
async function followed<Tx>(house: House<Tx>, unit: UnitOfWork<Tx>, kinds: readonly Followed[], customerId: string) {
  const events: { id: string; type: string; on: LocalDate; at: string }[] = [];
  for (const { kind, customer } of kinds) {
    const ids =
      customer === undefined
        ? [customerId]
        : (await allOf(house, unit, kind, customer, customerId)).map((record) => record.id);
    for (const of of ids)
      for (const { id, type, at } of await wholeTimeline(unit, kind, of))
        events.push({ id, type, at, on: localDateOf(at, house.zone) });
  }
  return events;
}
