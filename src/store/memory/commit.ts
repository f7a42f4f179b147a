import { isExpired, rowKey, type Tables, tableKey } from "./tables.js";
import { conflict, type Writes } from "./unit.js";
import { personKey } from "./vault.js";

/** Checks everything, then writes everything: nothing can fail between the two. `needed`: see `Versions.write`. */
export function commit(t: Tables, writes: Writes, needed: number): void {
  check(t, writes);
  const now = ++t.commits;
  for (const [key, put] of writes.rows) {
    const { tenant, kind, id, version } = put;
    t.rows.write(key, { tenant, kind, id, version, sealed: t.vault.seal(tenant, put.text, put.personal) }, now, needed);
    const table = tableKey(tenant, kind);
    const keys = t.keys.get(table) ?? new Set<string>();
    t.keys.set(table, keys.add(key));
    t.revisions.write(table, (t.revisions.latest(table) ?? 0) + 1, now, needed);
  }
  for (const [key, { version, columns }] of writes.columns) {
    if (t.rows.latest(key)?.version !== version) continue;
    t.columns.write(key, columns, now, needed);
    t.leases.delete(key);
  }
  for (const { tenant, stream, version, recordedAt, text, personal } of writes.events) {
    const key = rowKey(tenant, stream.kind, stream.id);
    const entry = { tenant, stream, version, recordedAt, sealed: t.vault.seal(tenant, text, personal), commit: now };
    const entries = t.streams.get(key);
    if (entries === undefined) t.streams.set(key, [entry]);
    else entries.push(entry);
    t.log.push(entry);
  }
  for (const [key, { receipt }] of writes.receipts) t.receipts.write(key, receipt, now, needed);
  for (const { tenant, person } of writes.erased) {
    t.vault.erase(tenant, person);
    t.erased.set(personKey(tenant, person), now);
  }
}

function check(t: Tables, writes: Writes): void {
  for (const [key, put] of writes.rows) {
    if ((t.rows.latest(key)?.version ?? 0) !== put.expected) throw conflict(put.id);
  }
  const ends = new Map<string, number>();
  for (const { tenant, stream, version, id } of writes.events) {
    const key = rowKey(tenant, stream.kind, stream.id);
    const end = ends.get(key) ?? t.streams.get(key)?.length ?? 0;
    if (version !== end + 1) throw conflict(id);
    ends.set(key, version);
  }
  for (const [key, { now }] of writes.receipts) {
    const kept = t.receipts.latest(key);
    if (kept !== undefined && !isExpired(kept, now)) throw conflict(key);
  }
  for (const { tenant, personal, id } of [...writes.rows.values(), ...writes.events])
    for (const { person } of personal)
      if ((t.erased.get(personKey(tenant, person)) ?? -1) > writes.snapshot) throw conflict(id);
}
