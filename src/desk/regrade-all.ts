import type { Actor } from "../kernel/context.js";
import { regradedKinds, regradeOrders } from "../rules/index.js";
import { type BatchItem, type BatchOptions, batch, batchOptions } from "./batch.js";
import { doorsOf, type House, orStop } from "./house.js";
import { observedEach } from "./observe.js";
import { given } from "./options.js";
import { carryOut, contextFor, load } from "./save.js";

const actor: Actor = { kind: "system", id: "regrade_all" };

/** Grades every customer by the policy in force, as a new fact would, and writes only what has changed. */
export const regradeAll = <Tx>(house: House<Tx>, tenant: string, options?: BatchOptions): AsyncGenerator<BatchItem> =>
  observedEach(house.observe, "regradeAll", tenant, () =>
    batch(
      house,
      tenant,
      regradedKinds.customer,
      async (unit, { id }) => {
        const record = await load(house, unit, regradedKinds.customer, id);
        const stored = await unit.of(regradedKinds.grading).get(id);
        const graded = stored && orStop(doorsOf(house, regradedKinds.grading).revive(stored));
        const context = await contextFor(house, unit, actor, regradedKinds.grading, id, graded?.version ?? 0);
        const orders = orStop(regradeOrders(record, graded, context, house.rules.installed));
        return carryOut(house, unit, orders, context);
      },
      given("regradeAll", options, batchOptions),
    ),
  );
