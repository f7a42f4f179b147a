import { guarded } from "../kernel/guarded.js";
import { type ComplaintCase, caseOf } from "./case.js";
import { type Duplicate, daysOf, duplicatesIn, type Repeat, repeatsIn } from "./repeats-within.js";
import { type Collection, collection, keyOf, type SameOptions } from "./sameness.js";
import { closedStates } from "./telling.js";

/**
 * Finds the complaints that are repeats: **the same customer, subject and nature as an earlier one, received when all
 * earlier ones were settled, at most `days` after the last of them had been** (both ends included; default 30, the
 * policy's `repeatDays`).
 *
 * Settled is a complaint that is resolved, or closed in another way, and has not been disputed, reopened or appealed
 * since. So what comes before an earlier one is settled is a duplicate and no repeat, and so is what comes while it is
 * open again; a reopening makes no complaint, and so no repeat. What was merged counts once: as the complaint in which it
 * went on, received when the first of them was. Of those settled at one instant it is a repeat of the one received last.
 * Complaints received at one instant are in the order of their ids.
 *
 * A complaint without its timeline is taken to be settled since its record says so (the stop of its `resolution` clock,
 * or its closing), and open before. The order of the cases does not matter; answers come in the order of receipt.
 *
 * Throws `INVALID_OPTIONS` for what is no case, a case that comes twice, and `days` that are not whole, 0 to 36,500.
 *
 * @example
 * ```ts
 * import { createServiceRules, findRepeats, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const made = (id: string, day: string) => {
 *   const context = testContext({ now: `2026-03-${day}T09:00:00.000Z` });
 *   const input = { customerId: "c-7", summary: "It does not cool", subject: "fridge-1" };
 *   const assess = { type: "assess", input: { nature: "product", severity: "high" } } as const;
 *   const withdraw = { type: "withdraw", input: { words: "It cools again" } } as const;
 *   const opened = unwrap(complaints.open({ id, input }, context)).next;
 *   const told = unwrap(complaints.decide(opened, { type: "acknowledge" }, context)).next;
 *   const assessed = unwrap(complaints.decide(told, assess, context)).next;
 *   const record = unwrap(complaints.decide(assessed, withdraw, context)).next;
 *   return { record };
 * };
 * const cases = [made("a", "01"), made("b", "11"), made("c", "31")];
 * findRepeats(cases, { days: 10 }); // => [{ id: "b", of: "a", after: 864000000 }]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function findRepeats(
  cases: Iterable<ComplaintCase>,
  options: SameOptions & { readonly days?: number | undefined } = {},
): readonly Repeat[] {
  return guarded("INVALID_OPTIONS", "findRepeats", () =>
    repeatsIn(collected(cases, options).same(), daysOf(options.days)),
  );
}

/**
 * Finds the complaints that are duplicates: **the same customer, subject and nature as an earlier one that was not
 * settled when this one came**. What was merged already is no duplicate any more. Sameness, settlement, merging and
 * order are those of `findRepeats`; a complaint is a duplicate of the first received of those still open.
 *
 * Throws `INVALID_OPTIONS` as `findRepeats` does.
 *
 * @example
 * ```ts
 * import { createServiceRules, findDuplicates, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const made = (id: string) => {
 *   const input = { customerId: "c-7", summary: "It does not cool", subject: "fridge-1" };
 *   return { record: unwrap(complaints.open({ id, input }, testContext())).next };
 * };
 * // Nobody has assessed their nature yet.
 * findDuplicates([made("a"), made("b")]); // => []
 * const key = ({ customerId, subject }: { customerId: string | null; subject?: string }) => `${customerId} ${subject}`;
 * findDuplicates([made("a"), made("b")], { key }); // => [{ id: "b", of: "a" }]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function findDuplicates(cases: Iterable<ComplaintCase>, options: SameOptions = {}): readonly Duplicate[] {
  return guarded("INVALID_OPTIONS", "findDuplicates", () => duplicatesIn(collected(cases, options).same()));
}

function collected(cases: Iterable<ComplaintCase>, { key, closed }: SameOptions): Collection {
  const states = closedStates(closed);
  const list = collection();
  for (const one of cases) list.add(caseOf(one, states), keyOf(key, one.record));
  return list;
}
