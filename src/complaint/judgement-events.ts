import type { CaseFacts } from "./case.js";
import type { HandlingFinding } from "./finding.js";
import { isSettled } from "./handling-time.js";
import { ofClock } from "./judgement-clocks.js";
import { pushed, returnsIn } from "./ping-pong.js";
import { knownText, type Stretch, type Told } from "./telling.js";

// The words that events answer: decisive, thorough, and thankful.

/** The customer has the word: nothing rests with the house. */
const isTheirs = ({ state, phase }: Stretch): boolean =>
  phase !== "open" || state === "proposed" || state === "resolved";

/** What is missing may still come, unless it is closed here. */
const closing = ({ phase, mergedInto }: CaseFacts): "against" | "open" =>
  phase === "closed" && mergedInto === null ? "against" : "open";
/** What is not over may still go wrong, and what went on in another complaint is judged there. */
export function unfinished({ phase, mergedInto }: CaseFacts): readonly HandlingFinding[] {
  if (mergedInto !== null) return [{ code: "MERGED", says: "open", into: mergedInto }];
  return phase === "closed" ? [] : [{ code: "NOT_CLOSED", says: "open" }];
}

/** Not pushed around, and never left lying. */
export function decisive(facts: CaseFacts, limit: number): readonly HandlingFinding[] {
  const { owners, handovers, told = [], stretches = [] } = facts;
  const { returns } = pushed(owners, handovers, limit);
  const departments = told.flatMap(({ type, data }) =>
    type === "assigned" || type === "handed_over" || type === "transferred"
      ? (knownText("department", data["department"]) ?? [])
      : [],
  );
  return [
    { code: "HANDOVERS", says: handovers < limit ? "for" : "against", handovers, limit },
    ...returns.map((one) => ({ code: "RETURNED", says: "against", ...one }) as const),
    ...returnsIn(departments).map((one) => ({ code: "RETURNED_TO_DEPARTMENT", says: "against", ...one }) as const),
    ...stalls(told, stretches),
    ...unfinished(facts),
  ];
}

function stalls(told: readonly Told[], stretches: readonly Stretch[]): readonly HandlingFinding[] {
  let next = 0;
  return told.flatMap(({ type, at, version }) => {
    while (next < stretches.length && stretches[next]!.version < version) next++;
    const stretch = stretches[next - 1];
    if (type !== "lapsed" || stretch === undefined || isTheirs(stretch)) return [];
    return [{ code: "STALLED", says: "against", state: stretch.state, at, event: version } as const];
  });
}

const came: Readonly<Record<string, "DISPUTED" | "REOPENED" | "APPEALED">> = {
  disputed: "DISPUTED",
  reopened: "REOPENED",
  appealed: "APPEALED",
};

/** The cause found, what was agreed carried out and verified, and nothing came back. */
export function thorough(facts: CaseFacts, repeats: readonly string[]): readonly HandlingFinding[] {
  const { state, told = [] } = facts;
  const found: HandlingFinding[] = [];
  const otherwise = state === "withdrawn" || state === "rejected";
  if (facts.cause !== null) found.push({ code: "CAUSE_FOUND", says: "for", cause: facts.cause });
  else if (!otherwise) found.push({ code: "CAUSE_MISSING", says: closing(facts) });
  if (otherwise) found.push({ code: "ENDED_OTHERWISE", says: "nothing", state });
  else found.push(...remedied(facts));
  for (const { type, at, version } of told)
    if (Object.hasOwn(came, type)) found.push({ code: came[type]!, says: "against", at, event: version });
  for (const by of repeats) found.push({ code: "REPEATED", says: "against", by });
  return [...found, ...unfinished(facts)];
}

function remedied(facts: CaseFacts): readonly HandlingFinding[] {
  const { entries } = facts;
  if (entries === undefined) return facts.phase === "closed" ? [{ code: "NO_LEDGER", says: "nothing" }] : [];
  const which = (status: string) => entries.filter((one) => one.status === status).map(({ id }) => id);
  const [waiting, done, verified] = [which("accepted"), which("carried_out"), which("verified")];
  const says = closing(facts);
  const found: HandlingFinding[] = [];
  if (waiting.length > 0) found.push({ code: "REMEDIES_NOT_CARRIED_OUT", says, remedies: waiting });
  if (done.length > 0) found.push({ code: "REMEDIES_NOT_VERIFIED", says, remedies: done });
  if (verified.length > 0) found.push({ code: "REMEDIES_VERIFIED", says: "for", remedies: verified });
  return found.length > 0 ? found : [{ code: "NO_REMEDY", says }];
}

/** Whether an event is a word of the house to the customer. */
export const isWord = ({ type, data }: Told): boolean =>
  type === "contacted" ? data["direction"] === "out" : words.has(type);
const words: ReadonlySet<string> = new Set(["proposed", "promised", "answered"]);

const dayMs = 86_400_000;

/** Acknowledged, informed during the handling (E13), and told or thanked at its end. */
export function thankful(facts: CaseFacts, silenceDays: number): readonly HandlingFinding[] {
  const { told = [], stretches = [], state } = facts;
  const end = endOf(stretches);
  const arrived = told.find(({ type }) => type === "acknowledged");
  const update = ofClock(facts, "update").filter(({ says }) => says !== "nothing");
  return [
    arrived === undefined
      ? { code: "NOT_ACKNOWLEDGED", says: state === "withdrawn" ? "nothing" : closing(facts) }
      : { code: "ACKNOWLEDGED", says: "for", at: arrived.at, event: arrived.version },
    ...(update.length > 0 ? update : [informed(facts, end, silenceDays * dayMs)]),
    toldAtTheEnd(facts, end),
    ...unfinished(facts),
  ];
}

/** When it was last settled, for good so far. */
function endOf(stretches: readonly Stretch[]): number | null {
  let end: number | null = null;
  for (let i = stretches.length - 1; i >= 0 && isSettled(stretches[i]!); i--) end = stretches[i]!.from;
  return end;
}

function informed(facts: CaseFacts, end: number | null, limit: number): HandlingFinding {
  const { told = [], stretches = [], state } = facts;
  const until = end ?? told.reduce((last, { ms }) => Math.max(last, ms), -Infinity);
  const after = told.find(({ type }) => type === "acknowledged")?.ms ?? -Infinity;
  const said = told.filter((one) => (isWord(one) || one.type === "acknowledged") && one.ms <= until);
  const words = said.filter((one) => isWord(one) && one.ms >= after).length;
  const heard = said.map(({ ms }) => ms).sort((a, b) => a - b);
  const silence = longestSilence(stretches, heard, until);
  const nothingHeard = end !== null && words === 0 && state !== "withdrawn" && facts.mergedInto === null;
  return silence > limit || nothingHeard
    ? { code: "NOT_INFORMED", says: "against", words, silence, limit }
    : { code: "INFORMED", says: end === null ? "open" : "for", words, silence, limit };
}

/** The longest time in the hands of the house between two words to the customer. */
export function longestSilence(stretches: readonly Stretch[], heard: readonly number[], end: number): number {
  let longest = 0;
  let silence = 0;
  let next = 0;
  for (const stretch of stretches) {
    const until = Math.min(stretch.to ?? end, end);
    let at = stretch.from;
    const passes = (ms: number) => {
      if (!isTheirs(stretch)) silence += Math.max(0, ms - at);
      longest = Math.max(longest, silence);
      at = Math.max(at, ms);
    };
    for (; next < heard.length && heard[next]! <= until; next++) {
      passes(heard[next]!);
      silence = 0;
    }
    passes(until);
  }
  return longest;
}

function toldAtTheEnd(facts: CaseFacts, end: number | null): HandlingFinding {
  const { told = [] } = facts;
  const last =
    end === null
      ? undefined
      : told.find((one) => (one.type === "contacted" || one.type === "answered") && isWord(one) && one.ms >= end);
  if (last !== undefined) return { code: "TOLD_AT_THE_END", says: "for", at: last.at, event: last.version };
  return { code: "NOT_TOLD_AT_THE_END", says: closing(facts) };
}
