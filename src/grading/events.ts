import * as z from "zod/mini";
import { instantSchema } from "../kernel/instant.js";
import { gradedSchema, grading, overrideSchema } from "./model.js";

/** The policy has said its grade. */
export const graded = grading.event("grading.graded", {
  v: 1,
  data: gradedSchema,
  evolve: (g, natural) => ({ natural, grade: g.override === null ? natural.grade : g.override.grade }),
});
/** A person has set another grade, for a reason and for a time. */
export const overridden = grading.event("grading.overridden", {
  v: 1,
  data: z.object({ override: overrideSchema, until: instantSchema }),
  evolve: (_, { override, until }) => ({ override, overrideUntil: until, grade: override.grade }),
});
/** The override is over, by hand or by its date: the natural grade holds again. */
export const restored = grading.event("grading.restored", {
  v: 1,
  data: z.object({}),
  evolve: (g) => ({ override: null, overrideUntil: null, grade: g.natural?.grade ?? null }),
});
