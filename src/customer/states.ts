import { customer } from "./model.js";

/** What is known of a customer is looked over once a year (C6), and told again each month until somebody has. */
const fresh = { deadline: { days: 365 }, reminders: { every: { days: 30 }, times: 100 } } as const;

/** 意向: has shown interest. */
export const interested = customer.state("interested", { phase: "open", ...fresh });
/** 准客户: is about to sign. */
export const likely = customer.state("likely", { phase: "open", ...fresh });
/** 签约: has signed. */
export const signed = customer.state("signed", { phase: "open", ...fresh });
/** Has left. */
export const former = customer.state("former", { phase: "closed" });
