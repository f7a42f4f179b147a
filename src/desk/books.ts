import type { Policy, PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import type { UnitOfWork } from "../ports/store.js";
import { policyBook, policyRecord, type ServiceRules } from "../rules/index.js";

/** The book of the unit's tenant, as of the unit's snapshot. */
export type Books = (unit: UnitOfWork) => Promise<PolicyBook>;

/** How many tenants' books are kept at hand. */
const most = 1000;

const unshared = new WeakSet<UnitOfWork<any>>();

/** The unit may see policies that are never committed: what it reads is not kept for others. */
export const alone = (unit: UnitOfWork<any>): void => void unshared.add(unit);

/** Reads a tenant's policies once, and again when the store says that one was put. */
export function books(rules: ServiceRules<any>): Books {
  const kept = new Map<string, { readonly revision: number; readonly book: PolicyBook }>();
  return async (unit) => {
    const revision = await unit.of(policyRecord.id).revision();
    const known = kept.get(unit.tenant);
    if (known?.revision === revision) return known.book;
    const book = policyBook(revision === 0 ? [] : await policiesOf(rules, unit));
    if (unshared.has(unit)) return book;
    kept.delete(unit.tenant);
    kept.set(unit.tenant, { revision, book });
    const oldest = kept.keys().next().value;
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return book;
  };
}

/** A policy of a kind that is not installed any more, or that was changed behind the library's back, is not in force. */
async function policiesOf(rules: ServiceRules<any>, unit: UnitOfWork): Promise<readonly Policy[]> {
  const policies: Policy[] = [];
  let after: string | undefined;
  do {
    const page = await unit.of(policyRecord.id).find({ limit: 500, ...(after === undefined ? {} : { after }) });
    for (const record of page.items) {
      const read = rules.readPolicy((record as AnyRecord & { readonly policy?: unknown }).policy, true);
      if (read.ok) policies.push(read.value);
    }
    after = page.next;
  } while (after !== undefined);
  return policies;
}
