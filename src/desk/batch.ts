import { ClienteleError } from "../kernel/errors.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Refusal, Result } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import type { UnitOfWork } from "../ports/store.js";
import type { House } from "./house.js";
import { settled } from "./house.js";
import { type Abort, isOff, optional } from "./options.js";

export interface BatchOptions {
  /** Looked at before every record. */
  readonly signal?: Abort;
  /** Where to go on: the `cursor` of the last item of a batch that was broken off. A few records may be met again. */
  readonly after?: string;
  /** Told after every record. */
  readonly onProgress?: (progress: { readonly done: number; readonly changed: number }) => void;
}
export const batchOptions = ["signal", "after", "onProgress"] as const;

/** How one record fared. */
export type BatchItem =
  | {
      readonly id: string;
      /** Where the page begins that the record is on; none on the first. */
      readonly cursor: string | undefined;
      readonly outcome: "changed";
      /** The ids of what was said, what followed from it included. */
      readonly events: readonly string[];
    }
  | { readonly id: string; readonly cursor: string | undefined; readonly outcome: "unchanged" }
  | {
      readonly id: string;
      readonly cursor: string | undefined;
      readonly outcome: "refused";
      readonly refusal: Refusal;
    };

const pageSize = 100;

/**
 * Goes through the records of a kind, the oldest first, one page at a time, each record in a unit of work of its own.
 * What is refused is told and stops nothing else. Broken off, it goes on `after` the last cursor; begun anew, it changes
 * nothing twice.
 */
export async function* batch<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  work: (unit: UnitOfWork<Tx>, record: AnyRecord) => Promise<readonly string[]>,
  { signal, after, onProgress }: BatchOptions,
): AsyncGenerator<BatchItem> {
  optional("onProgress", onProgress);
  if (after !== undefined && typeof after !== "string")
    throw new ClienteleError("INVALID_OPTIONS", `after must be a cursor, found ${preview(after)}`);
  let cursor = after;
  let done = 0;
  let changed = 0;
  do {
    if (isOff(signal)) return;
    const from = cursor === undefined ? {} : { after: cursor };
    const page = await house.store.transaction(
      (unit) => unit.of(kind).find({ limit: pageSize, orderBy: "openedAt", ...from }),
      { tenant },
    );
    for (const stored of page.items) {
      if (isOff(signal)) return;
      const settling = () => settled(house, { tenant }, stored.id, (unit) => work(unit, stored));
      const result: Result<readonly string[]> = await house.turns(JSON.stringify([tenant, kind, stored.id]), settling);
      done++;
      if (result.ok && result.value.length > 0) changed++;
      onProgress?.({ done, changed });
      yield item(stored.id, cursor, result);
    }
    cursor = page.next;
  } while (cursor !== undefined);
}

function item(id: string, cursor: string | undefined, result: Result<readonly string[]>): BatchItem {
  if (!result.ok) return { id, cursor, outcome: "refused", refusal: result.error };
  return result.value.length === 0
    ? { id, cursor, outcome: "unchanged" }
    : { id, cursor, outcome: "changed", events: result.value };
}
