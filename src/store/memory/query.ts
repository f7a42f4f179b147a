import { ClienteleError } from "../../kernel/errors.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Columns, Page, Query, Scalar } from "../../ports/store.js";

interface Found {
  readonly id: string;
  readonly columns: Columns;
  readonly read: () => AnyRecord;
}

/** Filters, orders and pages by columns only, as a database with indexes would. */
export function page(rows: Iterable<Found>, query: Query): Page<AnyRecord> {
  const { where = {}, orderBy = "openedAt", descending = false, after, limit } = query;
  const by = (row: Found): Scalar => fieldOf(row, orderBy);
  const direction = descending ? -1 : 1;
  const compare = (a: Place, b: Place): number => direction * (compareScalars(a[0], b[0]) || compareTexts(a[1], b[1]));
  const cursor = after === undefined ? undefined : readPlace(after);
  const conditions = Object.entries(where);
  const matching: { readonly row: Found; readonly place: Place }[] = [];
  for (const row of rows) {
    if (!conditions.every(([field, value]) => fieldOf(row, field) === value)) continue;
    const place: Place = [by(row), row.id];
    if (cursor === undefined || compare(place, cursor) > 0) matching.push({ row, place });
  }
  matching.sort((a, b) => compare(a.place, b.place));
  const shown = matching.slice(0, limit);
  const items = shown.map(({ row }) => row.read());
  const last = shown.at(-1);
  return matching.length > limit && last !== undefined ? { items, next: JSON.stringify(last.place) } : { items };
}

/** A column such as `constructor` must not find what every object inherits. */
const fieldOf = ({ columns: { fields } }: Found, name: string): Scalar =>
  Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;

/** Where a row stands in an order: its value, then its id. */
type Place = readonly [Scalar, string];

/** A cursor: what stood last on the page before. */
export function readPlace(after: string): Place {
  try {
    const place: unknown = JSON.parse(after);
    if (Array.isArray(place) && place.length === 2 && typeof place[1] === "string") return place as unknown as Place;
  } catch {
    // Not JSON: falls through to the same refusal.
  }
  throw new ClienteleError("INVALID_OPTIONS", "not the `next` of an earlier page");
}

const rank = (value: Scalar): number =>
  value === null ? 0 : typeof value === "boolean" ? 1 : typeof value === "number" ? 2 : 3;
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
function compareScalars(a: Scalar, b: Scalar): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareTexts(String(a), String(b));
}
