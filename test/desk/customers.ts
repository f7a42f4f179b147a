import {
  type Actor,
  type BatchItem,
  followUpPlan,
  gradingPolicy,
  linear,
  type Plan,
  type Step,
  unwrap,
} from "clientele";
import { type stage, start } from "./stage.js";

export type Desk = ReturnType<typeof stage>["desk"];
export const feed: Actor = { kind: "system", id: "shop" };

/** By how often somebody buys: A from eight times on, B below. */
export const policy = (version = 1, full = 10) =>
  gradingPolicy.version({
    id: "standard",
    version,
    from: start,
    body: {
      criteria: [linear.row({ id: "orders", fact: "frequency", args: { none: 0, full }, weight: 100 })],
      grades: [
        { grade: "A", from: 80 },
        { grade: "B", from: 0 },
      ],
    },
  });

export const planOf = (steps: readonly (Omit<Step, "channel" | "script"> & Partial<Step>)[], version = 1): Plan =>
  followUpPlan.version({
    id: "visits",
    version,
    from: start,
    body: { steps: steps.map((s) => ({ channel: "phone", script: "How is it going?", ...s })) },
  });

/** A customer who has bought so often. */
export async function customerOf(desk: Desk, id: string, frequency?: number): Promise<void> {
  unwrap(await desk.customers.open({ id, input: {}, actor: feed }));
  if (frequency !== undefined) await buys(desk, id, frequency);
}
export const buys = async (desk: Desk, id: string, frequency: number) =>
  unwrap(
    await desk.customers.execute({
      id,
      actor: feed,
      command: { type: "record_facts", input: { facts: { frequency }, source: "shop" } },
    }),
  );

export async function all(items: AsyncIterable<BatchItem>): Promise<readonly BatchItem[]> {
  const list: BatchItem[] = [];
  for await (const item of items) list.push(item);
  return list;
}
export const outcomes = (items: readonly BatchItem[]) => items.map((i) => `${i.id} ${i.outcome}`);
