import { ClienteleError } from "../kernel/errors.js";
import { type Instant, toMs } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";

/** What is counted of a complaint. */
export interface ComplaintReport {
  readonly id: string;
  /** `null`, where nobody said: a customer of its own. */
  readonly customerId: string | null;
  /** When it came. */
  readonly at: Instant;
  /** What it is about, as far as spikes are told apart: product, cause, region, … */
  readonly key: readonly string[];
  /** The complaint that it was merged into. */
  readonly mergedInto?: string | null | undefined;
}

const mostReports = 2_000_000;
const mostText = 200;
const mostParts = 10;
/** Keys and beginnings of keys: what memory they take. */
const mostBranches = 1_000_000;

export const wrong = (message: string): ClienteleError => new ClienteleError("INVALID_OPTIONS", message);

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function byParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = byText(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function needText(name: string, value: unknown, least = 1, report?: number): string {
  if (typeof value === "string" && value.length >= least && value.length <= mostText) return value;
  const where = report === undefined ? name : `report ${report}, ${name}`;
  throw wrong(`${where}: a text of ${least} to ${mostText} characters is needed, found ${preview(value)}`);
}

/** Complaints in columns, each at its place; customers and keys by their numbers. */
export interface Cases {
  readonly ids: readonly string[];
  /** Of the earliest report, also of what was merged into it; `Infinity` where it does not count by itself. */
  readonly ms: Float64Array;
  readonly customers: Int32Array;
  readonly keys: Int32Array;
  /** Above the number of every customer. */
  readonly people: number;
  /** The parts of each key. */
  readonly parts: readonly (readonly string[])[];
}

/** The complaints that reports tell of, merged ones taken together. */
export function casesOf(reports: Iterable<ComplaintReport>): Cases {
  const id = numbering();
  const customer = numbering();
  const nobody = customer.numberOf("");
  const key = keyNumbering();
  const ms: number[] = [];
  const customers: number[] = [];
  const keys: number[] = [];
  const into: number[] = [];
  let n = -1;
  const placeOf = (name: string, text: string): number => {
    const place = id.numberOf(needText(name, text, 1, n));
    // So far it is only spoken of.
    if (place === ms.length) {
      ms.push(Infinity);
      customers.push(-1);
      keys.push(-1);
      into.push(-1);
    }
    return place;
  };
  for (const report of reports) {
    if (++n === mostReports) throw wrong(`at most ${mostReports} reports are taken`);
    if (typeof report !== "object" || report === null)
      throw wrong(`report ${n}: an object is needed, found ${preview(report)}`);
    const { at, customerId, mergedInto } = report;
    const place = placeOf("id", report.id);
    const time = toMs(at);
    if (Number.isNaN(time))
      throw wrong(`report ${n}, at: an instant YYYY-MM-DDTHH:mm:ss.sssZ is needed, found ${preview(at)}`);
    const by = customerId === null ? nobody : customer.numberOf(needText("customerId", customerId, 1, n));
    const about = key.numberOf(report.key, n);
    // Where reports of one complaint differ, it must not matter which came first: the earliest is believed.
    const order =
      time - ms[place]! ||
      byText(customer.texts[by]!, customer.texts[customers[place]!]!) ||
      byParts(key.parts[about]!, key.parts[keys[place]!]!);
    if (order < 0) {
      ms[place] = time;
      customers[place] = by;
      keys[place] = about;
    }
    if (mergedInto === undefined || mergedInto === null) continue;
    const target = placeOf("mergedInto", mergedInto);
    if (into[place] === -1 || byText(id.texts[target]!, id.texts[into[place]!]!) < 0) into[place] = target;
  }
  const left = leftOf(into, id.texts);
  const earliest = new Float64Array(ms.length).fill(Infinity);
  const speakers = Int32Array.from(ms.keys());
  for (const [place, target] of left.entries()) {
    if (ms[place]! < earliest[target]!) earliest[target] = ms[place]!;
    if (ms[target] !== Infinity) continue;
    // Nothing is known of the one that is left: the earliest of those that were merged into it speaks.
    const other = speakers[target]!;
    if ((ms[place]! - ms[other]! || byText(id.texts[place]!, id.texts[other]!)) < 0) speakers[target] = place;
  }
  const known = customer.texts.length;
  return {
    ids: id.texts,
    ms: earliest,
    customers: speakers.map((speaker, place) => (customers[speaker] === nobody ? known + place : customers[speaker]!)),
    keys: speakers.map((speaker) => keys[speaker]!),
    people: known + ms.length,
    parts: key.parts,
  };
}

/** Gives texts numbers from 0 on. */
function numbering() {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const numberOf = (text: string): number => {
    let number = numbers.get(text);
    if (number === undefined) {
      number = texts.push(text) - 1;
      numbers.set(text, number);
    }
    return number;
  };
  return { numberOf, texts };
}

/** A key, or the beginning of one. */
interface Branch {
  number: number;
  further: Map<string, Branch> | undefined;
}

/** Gives keys numbers from 0 on, part by part: no text is made of one, which would cost most of the time. */
function keyNumbering() {
  const root: Branch = { number: -1, further: undefined };
  const parts: (readonly string[])[] = [];
  let branches = 0;
  const numberOf = (key: readonly string[], report: number): number => {
    if (!Array.isArray(key) || key.length > mostParts)
      throw wrong(`report ${report}, key: a list of at most ${mostParts} texts is needed, found ${preview(key)}`);
    const own: string[] = [];
    let branch = root;
    for (let i = 0; i < key.length; i++) {
      const part = needText("key", key[i], 0, report);
      own.push(part);
      let next = branch.further?.get(part);
      if (next === undefined) {
        if (branches++ === mostBranches) throw wrong(`at most ${mostBranches} different keys are told apart`);
        next = { number: -1, further: undefined };
        branch.further ??= new Map();
        branch.further.set(part, next);
      }
      branch = next;
    }
    if (branch.number === -1) branch.number = parts.push(own) - 1;
    return branch.number;
  };
  return { numberOf, parts };
}

/** Which complaint is left of each, by places. Of a circle, which nothing should have let in, the smallest id is. */
function leftOf(into: readonly number[], ids: readonly string[]): Int32Array {
  const left = new Int32Array(into.length).fill(-1);
  const step = new Int32Array(into.length).fill(-1);
  for (let start = 0; start < into.length; start++) {
    const way: number[] = [];
    let at = start;
    for (; left[at] === -1 && step[at] === -1; at = into[at]!) {
      step[at] = way.push(at) - 1;
      if (into[at] === -1) break;
    }
    const circle = way.slice(into[at] === -1 ? way.length : step[at]);
    const end = left[at] !== -1 ? left[at]! : circle.reduce((a, b) => (byText(ids[b]!, ids[a]!) < 0 ? b : a), at);
    for (const place of way) left[place] = end;
  }
  return left;
}
