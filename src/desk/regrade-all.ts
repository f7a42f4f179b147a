import type { Actor } from "../kernel/context.js";
import { regradedKinds, regradeOrders } from "../rules/index.js";
import { type BatchItem, type BatchOptions, batch } from "./batch.js";
import { type House, orStop } from "./house.js";
import { carryOut, contextFor, load } from "./save.js";

const actor: Actor = { kind: "system", id: "regrade_all" };

/** Grades every customer by the policy in force, and writes only what has changed. */
export const regradeAll = <Tx>(house: House<Tx>, tenant: string, options?: BatchOptions): AsyncGenerator<BatchItem> =>
  batch(
    house,
    tenant,
    regradedKinds.customer,
    async (unit, { id }) => {
      const record = await load(house, unit, regradedKinds.customer, id);
      const graded = await unit.of(regradedKinds.grading).get(id);
      const context = await contextFor(house, unit, actor, regradedKinds.grading, id, graded?.version ?? 0);
      const orders = orStop(regradeOrders(record, graded, context, house.rules.installed));
      return carryOut(house, unit, orders, context);
    },
    options,
  );
