import type { Result } from "../kernel/result.js";
import { doorsOf, type House, settled } from "./house.js";
import { type Abort, given, isOff, optional } from "./options.js";
import { columnsOf } from "./save.js";

export interface ReindexOptions {
  readonly signal?: Abort;
  /** Told after every page of records. */
  readonly onProgress?: (progress: ReindexReport) => void;
}
export interface ReindexReport {
  readonly checked: number;
}

/** Works out anew by what a tenant's records are found and when they wake: after adopting a policy, or new indexes. */
export async function reindex<Tx>(
  house: House<Tx>,
  tenant: string,
  options?: ReindexOptions,
): Promise<Result<ReindexReport>> {
  const { signal, onProgress } = given("reindex", options, ["signal", "onProgress"]);
  optional("onProgress", onProgress);
  let checked = 0;
  for (const kind of house.rules.kinds) {
    let after: string | undefined;
    do {
      if (isOff(signal)) return { ok: true, value: { checked } };
      const cursor = after === undefined ? {} : { after };
      const page = await settled(house, { tenant }, kind, async (unit) => {
        const doors = doorsOf(house, kind);
        const book = await house.books(unit);
        const found = await unit.of(kind).find({ limit: 200, ...cursor });
        for (const stored of found.items) {
          const revived = doors.revive(stored);
          if (revived.ok) await unit.of(kind).reindex(stored.id, stored.version, columnsOf(doors, revived.value, book));
        }
        return found;
      });
      if (!page.ok) return page;
      checked += page.value.items.length;
      onProgress?.({ checked });
      after = page.value.next;
    } while (after !== undefined);
  }
  return { ok: true, value: { checked } };
}
