import { offsetsOf, stretchAt } from "../calendar/offsets.js";
import { guarded } from "../kernel/guarded.js";
import { dayToLocalDate, isLocalDate, type LocalDate, localDateToDay } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import { isZone } from "../kernel/zone.js";
import { type EarsColumns, type EarsMethod, type EarsRules, earsRules, watched } from "../statistics/ears.js";
import { byParts, byText, type Cases, type ComplaintReport, casesOf, needText, wrong } from "./spike-cases.js";

/** A rung of the ladder: a score above this one, of at least so many customers in a day. */
export interface SpikeLevel {
  readonly id: string;
  readonly score: number;
  readonly customers: number;
}

/** How spikes are looked for. */
export interface SpikeOptions {
  /** Whose days are counted. */
  readonly zone: string;
  readonly from: LocalDate;
  /** The last day that is counted: one that is over. */
  readonly to: LocalDate;
  /** Default `C2`. */
  readonly method?: EarsMethod | undefined;
  /** What a day is held against: the seven days before it (the default), or the seven of the same weekday. */
  readonly baseline?: "days" | "same weekday" | undefined;
  /** Which days are open; all, unless said. A calendar will do. */
  readonly calendar?: { readonly isWorkingDay: (date: LocalDate) => boolean } | undefined;
  /** What comes on a closed day counts for the next open day (the default), or is left out. */
  readonly closedDays?: "next open day" | "left out" | undefined;
  /**
   * From the lowest up; the lowest is what an alarm is. Default: one level `alarm`, a score above 3 (2 for C3) of at
   * least 5 customers.
   */
  readonly levels?: readonly SpikeLevel[] | undefined;
  /** After how many calm open days in a row a spike falls a level; default 3. */
  readonly calmDays?: number | undefined;
  /** See `ears`; default 1. */
  readonly minDeviation?: number | undefined;
}

/** A spike has come to another level. */
export interface ComplaintSpike {
  readonly type: "complaint.spike";
  readonly key: readonly string[];
  /** The open day that made it so. */
  readonly day: LocalDate;
  /** Levels by their ids; `null` is none. */
  readonly from: string | null;
  readonly to: string | null;
  /** How many customers complained that day, and how many were expected. */
  readonly customers: number;
  readonly expected: number;
  readonly score: number;
  /** The complaints of that day, by their ids; of merged ones the one that is left. */
  readonly cases: readonly string[];
}

const dayMs = 86_400_000;
const longest = 3660;
/** Days of all keys together that are looked at: 200 keys over ten years are 732,000. */
const mostDays = 10_000_000;

/**
 * Finds spikes of complaints: where the customers who complained about one thing in a day are many more than its own
 * recent past lets expect (EARS: see `ears`). Answers a `complaint.spike` for each change of level, by day and key.
 *
 * A customer counts once for a key and a day, whatever they wrote. Complaints that were merged count once: by key and
 * customer of the one that is left (where it is not among the reports, of the earliest), on the day of the earliest.
 * Reports of one id are one complaint. Nothing depends on the order of the reports: what arrives late gives the answer
 * that it would have given in time.
 *
 * A level rises at once. It falls by one after `calmDays` open days in a row below it; a day without a score, as there
 * is too little before it, is neither calm nor not. A day in alarm stands in no baseline. Where the house can be
 * reached while it is closed, the first open day carries what came meanwhile: hold it against the same weekday, or
 * leave closed days out.
 *
 * Throws `INVALID_OPTIONS` for what is no report or option, for more than 3,660 days or 2,000,000 reports, and for more
 * than 10,000,000 days of all keys that ever had enough customers in a day; and what the calendar refuses.
 *
 * @example
 * ```ts
 * import { detectSpikes } from "clientele";
 *
 * const reports = Array.from({ length: 8 }, (_, i) => ({
 *   id: `k${i}`, customerId: `c${i}`, at: "2026-03-20T09:00:00.000Z", key: ["fridge", "noise"],
 * }));
 * const spikes = detectSpikes(reports, {
 *   zone: "Asia/Shanghai", from: "2026-03-01", to: "2026-03-23",
 *   levels: [{ id: "watch", score: 3, customers: 3 }, { id: "crisis", score: 6, customers: 8 }],
 * });
 * spikes.map(({ day, from, to, customers }) => [day, from, to, customers]); // => [["2026-03-20", null, "crisis", 8], ["2026-03-23", "crisis", "watch", 0]]
 * spikes[0]?.score; // => 8
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function detectSpikes(reports: Iterable<ComplaintReport>, options: SpikeOptions): readonly ComplaintSpike[] {
  return guarded("INVALID_OPTIONS", "detectSpikes", () => {
    const watch = watchOf(options);
    const { first, days, rules, levels, slots } = watch;
    const cases = casesOf(reports);
    const { daysOf, keys, starts, order } = countable(cases, watch);
    const quiet = Float64Array.from(slots, (slot, day) => (slot === day ? 0 : Number.NaN));
    // Of the key at hand: the days on which somebody complained, how many did, and where each ends in `order`.
    const busy = new Int32Array(days);
    const customers = new Int32Array(days);
    const ends = new Int32Array(days);
    const runOn = new Int32Array(days);
    const lastRun = new Int32Array(cases.people).fill(-1);
    const found: { readonly at: number; readonly spike: ComplaintSpike }[] = [];
    let looked = 0;
    let run = 0;
    for (const [k, { key }] of keys.entries()) {
      let runs = 0;
      let most = 0;
      for (let i = starts[k]!; i < starts[k + 1]!; run++, runs++) {
        const day = daysOf[order[i]!]!;
        let different = 0;
        for (; i < starts[k + 1]! && daysOf[order[i]!] === day; i++) {
          const customer = cases.customers[order[i]!]!;
          if (lastRun[customer] !== run) different++;
          lastRun[customer] = run;
        }
        busy[runs] = day;
        customers[runs] = different;
        ends[runs] = i;
        most = Math.max(most, different);
      }
      // What was never an alarm is at no level.
      if (most < levels[0].customers) continue;
      looked += days;
      if (looked > mostDays)
        throw wrong(`at most ${mostDays} days of all keys are looked at: fewer days, coarser keys or more customers`);
      const counts = quiet.slice();
      runOn.fill(-1);
      for (let i = 0; i < runs; i++) {
        counts[busy[i]!] = customers[i]!;
        runOn[busy[i]!] = i;
      }
      const columns = watched(counts, rules);
      for (const { at, from, to } of changes(counts, columns, watch)) {
        const i = runOn[at]!;
        const ids =
          i < 0 ? [] : Array.from(order.subarray(ends[i - 1] ?? starts[k], ends[i]), (place) => cases.ids[place]!);
        found.push({
          at,
          spike: {
            type: "complaint.spike",
            key,
            day: dayToLocalDate(first + at),
            from: levels[from]?.id ?? null,
            to: levels[to]?.id ?? null,
            customers: counts[at]!,
            expected: columns.expected[at]!,
            score: columns.score[at]!,
            cases: ids.sort(byText),
          },
        });
      }
    }
    return found.sort((a, b) => a.at - b.at).map(({ spike }) => spike);
  });
}

/** The days on which a key comes to another level; levels by their places, −1 for none. */
function changes(counts: Float64Array, { score }: EarsColumns, { levels, calmDays }: Watch) {
  const said: { readonly at: number; readonly from: number; readonly to: number }[] = [];
  let level = -1;
  let calm = 0;
  for (let at = 0; at < counts.length; at++) {
    if (Number.isNaN(score[at])) continue;
    let reached = -1;
    for (const { score: above, customers } of levels) if (score[at]! > above && counts[at]! >= customers) reached++;
    calm = reached < level ? calm + 1 : 0;
    const to = reached > level ? reached : calm === calmDays ? level - 1 : level;
    if (to === level) continue;
    said.push({ at, from: level, to });
    level = to;
    calm = 0;
  }
  return said;
}

/** The options, read once and checked. */
interface Watch {
  readonly zone: string;
  /** The first day, from 1970-01-01, and how many there are. */
  readonly first: number;
  readonly days: number;
  readonly rules: EarsRules;
  readonly levels: readonly [SpikeLevel, ...SpikeLevel[]];
  readonly calmDays: number;
  /** The day for which what comes on a day counts: itself, while open; −1 for none. */
  readonly slots: Int32Array;
}

function watchOf(options: SpikeOptions): Watch {
  const { zone, from, to, method = "C2", baseline = "days", calendar, minDeviation } = options;
  const { closedDays = "next open day", calmDays = 3 } = options;
  const { levels = [{ id: "alarm", score: method === "C3" ? 2 : 3, customers: 5 }] } = options;
  if (!isZone(zone)) throw wrong(`zone: no time zone is called ${preview(zone)}`);
  for (const [name, date] of Object.entries({ from, to }))
    if (!isLocalDate(date) || date < "0002" || date >= "9998")
      throw wrong(`${name}: a day YYYY-MM-DD of the years 0002 to 9997 is needed, found ${preview(date)}`);
  const first = localDateToDay(from);
  const days = localDateToDay(to) - first + 1;
  if (days < 1 || days > longest) throw wrong(`from and to: 1 to ${longest} days are needed, found ${days}`);
  if (baseline !== "days" && baseline !== "same weekday")
    throw wrong(`baseline: allowed are "days" and "same weekday", found ${preview(baseline)}`);
  if (closedDays !== "next open day" && closedDays !== "left out")
    throw wrong(`closedDays: allowed are "next open day" and "left out", found ${preview(closedDays)}`);
  if (!Number.isSafeInteger(calmDays) || calmDays < 1 || calmDays > longest)
    throw wrong(`calmDays: a whole number of 1 to ${longest} is needed, found ${preview(calmDays)}`);
  const ladder = ladderOf(levels);
  const [{ score: threshold, customers: atLeast }] = ladder;
  const rules = earsRules({ method, season: baseline === "days" ? 1 : 7, minDeviation, threshold, atLeast });
  const slots = new Int32Array(days);
  for (let day = days - 1, next = -1; day >= 0; day--) {
    const open: unknown = calendar === undefined || calendar.isWorkingDay(dayToLocalDate(first + day));
    if (typeof open !== "boolean") throw wrong(`isWorkingDay: true or false is needed, found ${preview(open)}`);
    if (open) next = day;
    slots[day] = open || closedDays === "next open day" ? next : -1;
  }
  return { zone, first, days, rules, levels: ladder, calmDays, slots };
}

function ladderOf(levels: readonly SpikeLevel[]): Watch["levels"] {
  if (!Array.isArray(levels) || levels.length < 1 || levels.length > 20)
    throw wrong(`levels: a list of 1 to 20 is needed, found ${preview(levels)}`);
  const ladder: SpikeLevel[] = [];
  for (const [place, level] of levels.entries()) {
    const { id, score, customers } = level as SpikeLevel;
    const below = ladder[place - 1];
    needText(`levels.${place}.id`, id);
    if (ladder.some((other) => other.id === id)) throw wrong(`levels.${place}.id: ${preview(id)} is there twice`);
    if (!Number.isFinite(score) || score < (below?.score ?? 0) || score > 1e9)
      throw wrong(`levels.${place}.score: a number from ${below?.score ?? 0} up is needed, found ${preview(score)}`);
    if (!Number.isSafeInteger(customers) || customers < (below?.customers ?? 1))
      throw wrong(
        `levels.${place}.customers: a whole number from ${below?.customers ?? 1} up is needed, found ${preview(customers)}`,
      );
    if (score === below?.score && customers === below.customers)
      throw wrong(`levels.${place}: ${preview(id)} is no higher than ${preview(below.id)}`);
    ladder.push({ id, score, customers });
  }
  return ladder as unknown as Watch["levels"];
}

/** The complaints that count in the days watched: in `order` by key and day, of the kth key from `starts[k]` on. */
function countable(cases: Cases, { zone, first, days, slots }: Watch) {
  const [begin, end] = [(first - 2) * dayMs, (first + days + 2) * dayMs];
  const table = offsetsOf(zone, begin, end);
  const daysOf = Int32Array.from(cases.ms, (at) => {
    if (!(at >= begin && at < end)) return -1;
    const local = at + table.offsets[stretchAt(table, at)]!;
    return slots[Math.floor(local / dayMs) - first] ?? -1;
  });
  const keys = Array.from(cases.parts, (key, number) => ({ key, number })).sort((a, b) => byParts(a.key, b.key));
  const rank = new Int32Array(keys.length);
  for (const [k, { number }] of keys.entries()) rank[number] = k;
  const counted = Int32Array.from(daysOf.keys()).filter((place) => daysOf[place]! >= 0);
  const byDay = grouped(counted, days, (place) => daysOf[place]!).order;
  return { daysOf, keys, ...grouped(byDay, keys.length, (place) => rank[cases.keys[place]!]!) };
}

/** A stable counting sort; group g is from `starts[g]` up to `starts[g + 1]`. */
function grouped(list: Int32Array, groups: number, of: (entry: number) => number) {
  const starts = new Int32Array(groups + 1);
  for (const entry of list) starts[of(entry) + 1]!++;
  for (let g = 0; g < groups; g++) starts[g + 1]! += starts[g]!;
  const next = starts.slice();
  const order = new Int32Array(list.length);
  for (const entry of list) order[next[of(entry)]!++] = entry;
  return { order, starts };
}
