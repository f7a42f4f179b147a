import { canonical } from "../kernel/canonical.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Result } from "../kernel/result.js";
import { doorsOf, type House, needName, orStop, readable, refusalOf, Stop, settled } from "./house.js";
import { columnsOf, wholeTimeline } from "./save.js";

/** What rebuilding a record has come to. */
export interface Rebuilt {
  readonly id: string;
  readonly version: number;
  /** Whether the record was lost, or differed from its events. */
  readonly changed: boolean;
}

/** Makes a record anew from its events: where it was lost, or where somebody has written to the tables by hand. */
export async function rebuild<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  id: string,
): Promise<Result<Rebuilt>> {
  try {
    readable(() => needName(id, "id"));
  } catch (thrown) {
    return { ok: false, error: refusalOf(thrown)! };
  }
  return settled(house, { tenant }, id, async (unit) => {
    const doors = doorsOf(house, kind);
    let record: AnyRecord | undefined;
    for (const event of await wholeTimeline(unit, kind, id)) record = orStop(doors.evolve(record, event));
    if (record === undefined) throw new Stop({ code: "NOT_FOUND", subject: id });
    const stored = await unit.of(kind).get(id);
    const changed = stored === undefined || canonical(stored) !== canonical(record);
    if (changed)
      await unit.of(kind).put(record, stored?.version ?? 0, columnsOf(doors, record, await house.books(unit)));
    return { id, version: record.version, changed };
  });
}
