import * as z from "zod/mini";
import { lifeOf } from "../../src/lifecycle/life.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";

/** A kind that has come a long way: revision 1 weighed in kilograms. */
const parcel = recordKind("parcel", {
  revision: 3,
  initial: "taken_in",
  schema: z.object({ sender: z.string(), grams: z.int(), fragile: z.boolean() }),
  upcast: {
    1: ({ weight, ...fields }: { weight: number }) => ({ ...fields, grams: Math.round(weight * 1000) }),
    2: (fields: object) => ({ ...fields, fragile: false }),
  },
});
const weighed = parcel.event("parcel.weighed", {
  v: 3,
  data: z.object({ grams: z.int(), by: z.string() }),
  evolve: (_, { grams }) => ({ grams }),
  upcast: {
    1: ({ kg }: { kg: number }) => ({ grams: kg * 1000 }),
    2: (data: object) => ({ ...data, by: "unknown" }),
  },
});
const stamp = parcel.slot("parcel.stamp", z.object({ cents: z.int() }));
const states = ["taken_in", "under_way"].map((id) => parcel.state(id, { phase: "open", deadline: { days: 9 } }));

/** The doors of that kind. */
export const parcels = lifeOf(parcel, [parcel, weighed, stamp, ...states]);
