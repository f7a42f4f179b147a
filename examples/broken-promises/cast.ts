import type { Actor, InferCommand, ServiceRules } from "clientele";

/** A command of the core, as the demo's desk takes it. */
export type CoreCommand = InferCommand<ServiceRules, "complaint">;

/** The host's own software: it sees a late shipment and opens the complaint. */
export const orderWatch: Actor = { kind: "system", id: "order-watch" };
export const ann: Actor = { kind: "staff", id: "ann", roles: ["service"] };
export const ben: Actor = { kind: "staff", id: "ben", roles: ["service"] };
export const mia: Actor = { kind: "staff", id: "mia", roles: ["service", "manager"] };

/** Customers act under the id that the orders know them by. */
export const customerActor = (customerId: string): Actor => ({ kind: "customer", id: customerId });
