import type { Event } from "clientele";

export type Recipient = "customer" | "owner" | "manager";

/** Of what happens to a complaint, what somebody is written about; a host's own choice. */
const worthALetter: Readonly<Record<string, Recipient>> = {
  "complaint.acknowledged": "customer",
  "complaint.waited": "customer",
  "complaint.proposed": "customer",
  "complaint.resolved": "customer",
  "complaint.withdrawn": "customer",
  "complaint.declined": "owner",
  "complaint.reopened": "owner",
  "complaint.lapsed": "owner",
  "complaint.warned": "owner",
  "complaint.breached": "owner",
  "complaint.escalated": "manager",
};

/** Counts the e-mails instead of sending them. An event may come twice, so what was seen is remembered by its id. */
export function letterBox() {
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  return {
    publish: (event: Event): void => {
      const to = worthALetter[event.type];
      if (to === undefined || seen.has(event.id)) return;
      seen.add(event.id);
      counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
    },
    total: (): number => seen.size,
    rows: (): readonly { readonly to: Recipient; readonly type: string; readonly count: number }[] =>
      Object.entries(worthALetter).flatMap(([type, to]) => {
        const count = counts.get(type);
        return count === undefined ? [] : [{ to, type, count }];
      }),
  };
}
