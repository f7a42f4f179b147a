import type { Draft } from "../kernel/event.js";
import { type Money, money } from "../kernel/money.js";
import type { Clocks, Head } from "../kernel/record.js";
import { preview } from "../kernel/schema.js";
import type { ClockReading } from "../lifecycle/readings.js";
import type { ComplaintFields } from "./model.js";
import { knownText, msOf, needText, type Stretch, stretchesOf, type Told, toldOf, wrong } from "./telling.js";

/** The record of a complaint, as much of it as reports read: what a desk finds is one. */
export interface CaseRecord extends ComplaintFields, Pick<Head, "id" | "version" | "state" | "stay" | "openedAt"> {
  readonly clocks?: Clocks;
}

/** A complaint with what is known of it. What rests on something that was left out, leaves the case out. */
export interface ComplaintCase {
  readonly record: CaseRecord;
  /** All its events, from the opening to the version of the record. */
  readonly timeline?: readonly Draft[] | undefined;
  /** How its clocks stand: `clockHistory` has the earlier runs too, `doors.clocks` only the present ones. */
  readonly clocks?: readonly ClockReading[] | undefined;
}

/** What has been judged of one clock. */
export interface ClockFacts {
  readonly clock: string;
  readonly state: string;
  /** Runs whose verdict is fixed. */
  readonly onTime: number;
  readonly late: number;
  /** The longest that one was late, in milliseconds. */
  readonly latest: number;
  /** Whether the present run may still go either way, and until when. */
  readonly isOpen: boolean;
  readonly due: string | null;
}

/** A remedy that was, or was to be, given. */
export interface EntryFacts {
  readonly id: string;
  readonly remedy: string;
  readonly status: string;
  /** What it costs the house, as far as that is known. */
  readonly cost: Money | null;
}

/** A complaint, read once and checked. */
export interface CaseFacts {
  readonly id: string;
  readonly state: string;
  readonly phase: Stretch["phase"];
  readonly opened: number;
  readonly entered: number;
  readonly customerId: string | null;
  readonly subject: string | null;
  readonly orderId: string | null;
  readonly nature: string | null;
  readonly category: string | null;
  readonly cause: string | null;
  readonly mergedInto: string | null;
  readonly handovers: number;
  readonly reopenings: number;
  readonly owners: readonly (string | null)[];
  readonly shares: readonly { readonly of: string; readonly id: string | null; readonly percent: number }[];
  /** `undefined`: a complaint from before there was a ledger. */
  readonly entries: readonly EntryFacts[] | undefined;
  /** When its resolution clock stopped, as the record remembers. */
  readonly stopped: number | null;
  readonly told: readonly Told[] | undefined;
  readonly stretches: readonly Stretch[] | undefined;
  readonly clocks: readonly ClockFacts[] | undefined;
}

type Unread = Readonly<Record<string, unknown>>;
export const objectOf = (name: string, value: unknown): Unread => {
  if (typeof value === "object" && value !== null) return value as Unread;
  throw wrong(`${name}: an object is needed, found ${preview(value)}`);
};
export const listOf = (name: string, value: unknown, most: number): readonly unknown[] => {
  if (!Array.isArray(value) || value.length > most)
    throw wrong(`${name}: a list of at most ${most} is needed, found ${preview(value)}`);
  return Array.from(value);
};
const countOf = (name: string, value: unknown): number => {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw wrong(`${name}: a whole number from 0 is needed, found ${preview(value)}`);
};
export const moneyOf = (name: string, value: unknown): Money => {
  const { amount, currency } = objectOf(name, value);
  const read = money(amount as number, currency as string);
  if (!read.ok) throw wrong(`${name}: money { amount, currency } is needed`);
  return read.value;
};

const mostListed = 10_000;

export function caseOf({ record, timeline, clocks }: ComplaintCase, closed: ReadonlySet<string>): CaseFacts {
  const read = objectOf("record", record);
  const id = needText("id", read["id"]);
  const state = needText("state", read["state"]);
  const stay = objectOf("stay", read["stay"]);
  const tally = objectOf("tally", read["tally"]);
  const told = timeline === undefined ? undefined : toldOf(timeline);
  if (told !== undefined) belongs(id, read["version"], told);
  return {
    id,
    state,
    phase: closed.has(state) ? "closed" : (stay["back"] ?? null) === null ? "open" : "paused",
    opened: msOf("openedAt", read["openedAt"]),
    entered: msOf("stay.enteredAt", stay["enteredAt"]),
    customerId: knownText("customerId", read["customerId"]),
    subject: knownText("subject", read["subject"]),
    orderId: knownText("orderId", read["orderId"]),
    nature: knownText("nature", read["nature"]),
    category: knownText("category", read["category"]),
    cause: knownText("cause", read["cause"]),
    mergedInto: knownText("mergedInto", read["mergedInto"]),
    handovers: countOf("tally.handovers", tally["handovers"]),
    reopenings: countOf("tally.reopenings", tally["reopenings"]),
    owners: ownersOf(read["owners"]),
    shares: sharesOf(read["shares"]),
    entries: entriesOf(read["remedies"]),
    stopped: stoppedOf(read["clocks"]),
    told,
    stretches: told === undefined ? undefined : stretchesOf(told, closed),
    clocks: clocks === undefined ? undefined : listOf("clocks", clocks, 1000).map(clockOf),
  };
}

/** Half a timeline would be judged as a whole one. */
function belongs(id: string, version: unknown, told: readonly [Told, ...Told[]]): void {
  const [{ of }] = told;
  if (of !== id) throw wrong(`timeline: is that of ${preview(of)}, not of ${preview(id)}`);
  if (version !== told.length)
    throw wrong(`timeline: has ${told.length} events, and the record is version ${preview(version)}`);
}

export const ownersOf = (owners: unknown): readonly (string | null)[] =>
  owners === undefined ? [] : listOf("owners", owners, mostListed).map((one) => knownText("owners", one));

function sharesOf(shares: unknown): CaseFacts["shares"] {
  if (shares === undefined) return [];
  return listOf("shares", shares, mostListed).map((one) => {
    const { of, id, percent } = objectOf("shares", one);
    const whole = countOf("shares.percent", percent);
    if (whole > 100) throw wrong(`shares.percent: at most 100, found ${whole}`);
    return { of: needText("shares.of", of), id: knownText("shares.id", id), percent: whole };
  });
}

function entriesOf(remedies: unknown): CaseFacts["entries"] {
  if (remedies === undefined) return undefined;
  return listOf("remedies", remedies, mostListed).map((one) => {
    const { id, remedy, status, cost, amount } = objectOf("remedies", one);
    const paid = cost ?? amount ?? null;
    return {
      id: needText("remedies.id", id),
      remedy: needText("remedies.remedy", remedy),
      status: needText("remedies.status", status),
      cost: paid === null ? null : moneyOf("remedies.cost", paid),
    };
  });
}

function stoppedOf(clocks: unknown): number | null {
  if (clocks === undefined) return null;
  const run = objectOf("clocks", clocks)["resolution"];
  const at = run === undefined ? null : (objectOf("clocks.resolution", run)["stoppedAt"] ?? null);
  return at === null ? null : msOf("clocks.resolution.stoppedAt", at);
}

const isVerdict = (value: unknown): value is "on time" | "late" | null =>
  value === null || value === "on time" || value === "late";

function clockOf(reading: unknown): ClockFacts {
  const { clock, state, verdict, late, due, earlier } = objectOf("clocks", reading);
  const runs: readonly Unread[] = [
    ...listOf("clocks.earlier", earlier, 1_000_000).map((one) => objectOf("clocks.earlier", one)),
    { verdict, late },
  ];
  let onTime = 0;
  let lateRuns = 0;
  let latest = 0;
  for (const run of runs) {
    const { verdict, late } = run;
    if (!isVerdict(verdict)) throw wrong(`clocks.verdict: found ${preview(verdict)}`);
    if (typeof late !== "number" || !(late >= 0))
      throw wrong(`clocks.late: milliseconds are needed, found ${preview(late)}`);
    if (verdict === "on time") onTime++;
    if (verdict !== "late") continue;
    lateRuns++;
    latest = Math.max(latest, late);
  }
  const isOpen = verdict === null && (state === "running" || state === "paused");
  return {
    clock: needText("clocks.clock", clock),
    state: needText("clocks.state", state),
    onTime,
    late: lateRuns,
    latest,
    isOpen,
    due: isOpen ? knownText("clocks.due", due) : null,
  };
}
