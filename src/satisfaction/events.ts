import * as z from "zod/mini";
import { answers, comment, satisfaction } from "./model.js";

/** The customer answered. Whether it is a dissatisfied answer is decided then, under the survey of the invitation. */
export const answered = satisfaction.event("satisfaction.answered", {
  v: 1,
  data: z.object({ answers, comment: z.nullable(comment), dissatisfied: z.boolean() }),
  evolve: (_, data) => ({ answers: data.answers, comment: data.comment, dissatisfied: data.dissatisfied }),
});
/** The customer does not want to answer. */
export const dismissed = satisfaction.event("satisfaction.dismissed", { v: 1, data: z.object({}) });
/** Nothing of it applies to this customer. */
export const excused = satisfaction.event("satisfaction.excused", { v: 1, data: z.object({}) });
