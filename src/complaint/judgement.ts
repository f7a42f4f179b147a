import type { Draft } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import { preview } from "../kernel/schema.js";
import type { ClockReading } from "../lifecycle/readings.js";
import { type CaseFacts, type CaseRecord, caseOf, listOf } from "./case.js";
import { type Judgement, judged } from "./finding.js";
import { amongPeers, timely, withinTarget } from "./judgement-clocks.js";
import { decisive, thankful, thorough, unfinished } from "./judgement-events.js";
import { handoversOf } from "./ping-pong.js";
import { closedStates, needText, wrong } from "./telling.js";

/** The five words of C5: 及时、快速、果断、彻底、感谢. */
export type HandlingWord = "timely" | "fast" | "decisive" | "thorough" | "thankful";

/** How a complaint was handled, word by word. */
export type HandlingJudgement = Readonly<Record<HandlingWord, Judgement>>;

/** A complaint, to be judged. */
export interface HandledCase {
  readonly record: CaseRecord;
  /** All its events, from the opening to the version of the record. */
  readonly timeline: readonly Draft[];
  /** How its clocks stand: those of `clockHistory` know the earlier runs too. */
  readonly clocks: readonly ClockReading[];
  /** How long comparable complaints took, as `handlingTimeOf` says it. */
  readonly peers?: ArrayLike<number> | undefined;
  /** The complaints that are repeats of this one, by id (`findRepeats`); left out, nobody looked. */
  readonly repeats?: readonly string[] | undefined;
}

/** What a complaint is judged by. */
export interface HandlingOptions {
  /** From how many handovers on a complaint is being pushed around: the policy's number. Default 3. */
  readonly handovers?: number | undefined;
  /**
   * For how many days in its hands the house may say nothing to the customer, where no target holds for the `update`
   * clock. Above 0, default 7.
   */
  readonly silenceDays?: number | undefined;
  /** Which share of its peers may have been faster: 0 to 1, default 0.9. */
  readonly slowest?: number | undefined;
  /** With fewer peers nothing is said of them; default 10. */
  readonly leastPeers?: number | undefined;
  /** Of the interval of that share; default 0.95. */
  readonly confidence?: number | undefined;
  /** Closed states that plugins have added. */
  readonly closed?: readonly string[] | undefined;
}

/**
 * Judges how one complaint was handled by five words (C5), each a measured check that tells its findings:
 *
 * - **timely**: acknowledged and answered on time, by the verdicts of the clocks `acknowledge`, `first_response` and
 *   `next_response`. What nobody promised (a clock without a target) is held against nobody.
 * - **fast**: resolved within the target of the `resolution` clock, and no slower than its peers: at most `slowest` of
 *   them took less time.
 * - **decisive**: not pushed around (see `pingPong`, and the same of departments), and never left in an open state until
 *   its deadline had passed, but for `proposed` and `resolved`, where the customer has the word.
 * - **thorough**: its cause is known, every remedy that was agreed is carried out and verified, and nothing came back: no
 *   dispute, reopening, appeal or repeat. Of what was withdrawn or rejected, cause and remedy are not asked for.
 * - **thankful**: acknowledged; informed during the handling (E13), by the verdict of the `update` clock, or else with no
 *   longer silence than `silenceDays` and at least one word; and told or thanked by a contact or a final reply when it
 *   was resolved or closed, or after.
 *
 * A word is failed (`passed: false`) as soon as one finding speaks against it. It is passed once nothing can speak
 * against it any more: for timely and fast, that no clock runs undecided; for the others, that the complaint is closed.
 * Until then, and where nothing is known, it is `null`. A complaint that was merged into another passes nothing: it is
 * judged there. Findings that come after the closing change the judgement, as they should.
 *
 * Throws `INVALID_OPTIONS` for what is no record with its whole timeline, no readings, more than 2,000,000 peers or a
 * peer that is not a time from 0, and for options out of their ranges.
 *
 * @example
 * ```ts
 * import { clockHistory, createServiceRules, judgeHandling, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const context = testContext();
 * const opened = unwrap(complaints.open({ id: "1", input: { customerId: "c-7", summary: "It does not cool" } }, context));
 * const told = unwrap(complaints.decide(opened.next, { type: "acknowledge", input: { channel: "phone" } }, context));
 * const timeline = [...opened.events, ...told.events];
 * const clocks = unwrap(clockHistory(complaints, timeline, context));
 *
 * const { timely, fast, thorough } = judgeHandling({ record: told.next, timeline, clocks });
 * timely.passed; // => true
 * timely.findings[0]; // => { code: "ON_TIME", says: "for", clock: "acknowledge", runs: 1 }
 * fast.passed; // => null
 * thorough.findings[0]?.code; // => "CAUSE_MISSING"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function judgeHandling(handled: HandledCase, options: HandlingOptions = {}): HandlingJudgement {
  return guarded("INVALID_OPTIONS", "judgeHandling", () => {
    const { record, timeline, clocks, peers = [], repeats = [] } = handled;
    if (timeline === undefined || clocks === undefined) throw wrong("a timeline and readings of clocks are needed");
    const facts = caseOf({ record, timeline, clocks }, closedStates(options.closed));
    const limits = limitsOf(options);
    const among = { peers: peersOf(peers), ...limits };
    const again = listOf("repeats", repeats, 10_000).map((id, i) => needText(`repeats.${i}`, id));
    return {
      timely: judged([...timely(facts), ...merged(facts)]),
      fast: judged([...withinTarget(facts), ...amongPeers(facts, among), ...merged(facts)]),
      decisive: judged(decisive(facts, limits.handovers)),
      thorough: judged(thorough(facts, again)),
      thankful: judged(thankful(facts, limits.silenceDays)),
    };
  });
}

const merged = (facts: CaseFacts) => (facts.mergedInto === null ? [] : unfinished(facts));

const within = (name: string, value: number, least: number, most: number): number => {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw wrong(`${name}: a number of ${least} to ${most} is needed, found ${preview(value)}`);
};

function limitsOf(options: HandlingOptions) {
  const { silenceDays = 7, slowest = 0.9, leastPeers = 10, confidence = 0.95 } = options;
  if (!Number.isSafeInteger(leastPeers))
    throw wrong(`leastPeers: a whole number is needed, found ${preview(leastPeers)}`);
  return {
    handovers: handoversOf(options.handovers),
    silenceDays: within("silenceDays", silenceDays, 1 / 1440, 36_500),
    slowest: within("slowest", slowest, 0, 1),
    leastPeers: within("leastPeers", leastPeers, 1, mostPeers),
    confidence: within("confidence", confidence, 0.001, 0.999999),
  };
}

const mostPeers = 2_000_000;

function peersOf(peers: ArrayLike<number>): Float64Array {
  const { length } = peers;
  if (typeof peers !== "object" || !Number.isSafeInteger(length) || length < 0 || length > mostPeers)
    throw wrong(`peers: a list of at most ${mostPeers} times is needed, found ${preview(peers)}`);
  const list = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const one: unknown = peers[i];
    if (typeof one !== "number" || !(one >= 0 && one <= Number.MAX_SAFE_INTEGER))
      throw wrong(`peers.${i}: milliseconds from 0 are needed, found ${preview(one)}`);
    list[i] = one;
  }
  return list;
}
