import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type HandlingOptions,
  type HandlingWord,
  handlingTimeOf,
  judgeHandling,
  pingPong,
} from "../../src/complaint/index.js";
import { toMs } from "../../src/kernel/instant.js";
import { serviceLevels } from "../../src/sla/index.js";
import { ann, carl, max, noon } from "../given.js";
import {
  assessment,
  at,
  day,
  hour,
  inbound,
  lived,
  outbound,
  proposal,
  settled,
  steps,
  type Tale,
  tale,
} from "./cases.js";

const words: readonly HandlingWord[] = ["timely", "fast", "decisive", "thorough", "thankful"];
const judge = (told: Tale, more: object = {}, options: HandlingOptions = {}, until?: number) =>
  judgeHandling({ ...told.whole(until), ...more }, options);
const passed = (told: Tale, more: object = {}, options: HandlingOptions = {}, until?: number) => {
  const judged = judge(told, more, options, until);
  return words.map((word) => judged[word].passed);
};
const codes = (told: Tale, word: HandlingWord, more: object = {}, options: HandlingOptions = {}) =>
  judge(told, more, options)[word].findings.map(({ code, says }) => `${code} ${says}`);

/** Promises about every clock that can be promised. */
const promises = serviceLevels.version({
  id: "house",
  version: 1,
  from: at(-1),
  body: {
    targets: {
      complaint: ["acknowledge", "first_response", "next_response", "update", "resolution"].map((clock) => ({
        clock,
        within: { elapsed: { hours: clock === "resolution" ? 48 : 4 } },
      })),
    },
  },
});
const promised = { policies: [promises] };

/** Everything as it should be. */
const exemplary = () =>
  settled()
    .does(ann, "find", { cause: "seal" })
    .at(6)
    .does(carl, "confirm")
    .does(ann, "contact", { ...outbound, text: "Thank you for telling us" });

describe("a complaint that was handled as it should be", () => {
  it("passes all five words", () => {
    expect(passed(exemplary())).toEqual([true, true, true, true, true]);
  });

  it("says with which facts", () => {
    const { timely, fast, decisive, thorough, thankful } = judge(exemplary());
    expect(timely.findings).toEqual([
      { code: "ON_TIME", says: "for", clock: "acknowledge", runs: 1 },
      { code: "NO_TARGET", says: "nothing", clock: "first_response" },
      { code: "NO_TARGET", says: "nothing", clock: "next_response" },
    ]);
    expect(fast.findings).toEqual([{ code: "ON_TIME", says: "for", clock: "resolution", runs: 1 }]);
    expect(decisive.findings).toEqual([{ code: "HANDOVERS", says: "for", handovers: 0, limit: 3 }]);
    expect(thorough.findings).toEqual([
      { code: "CAUSE_FOUND", says: "for", cause: "seal" },
      { code: "REMEDIES_VERIFIED", says: "for", remedies: ["r1"] },
    ]);
    // Heard of at 1 (acknowledged) and 3 (proposed): longest silence two hours; accepted at 4, carried out at 5.
    expect(thankful.findings).toEqual([
      { code: "ACKNOWLEDGED", says: "for", at: at(1), event: 2 },
      { code: "INFORMED", says: "for", words: 1, silence: 2 * hour, limit: 7 * day },
      { code: "TOLD_AT_THE_END", says: "for", at: at(6), event: 9 },
    ]);
  });

  it("is judged alike where the words of the customer have been erased", () => {
    const told = exemplary();
    const erased = { erased: true };
    const whole = told.whole();
    const forget = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(forget)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value).map(([name, inner]) => [
                name,
                ["summary", "wish", "text", "message", "reason", "words", "outcome"].includes(name)
                  ? erased
                  : forget(inner),
              ]),
            )
          : value;
    const forgotten = forget(whole) as typeof whole;
    expect(forgotten.record.summary).toEqual(erased);
    expect(judgeHandling(forgotten)).toEqual(judgeHandling(whole));
  });
});

describe("timely", () => {
  it("is not decided while a clock may still go either way", () => {
    const told = tale();
    expect(judge(told, {}, {}, 47).timely).toMatchObject({
      passed: null,
      findings: [{ code: "STILL_RUNNING", says: "open", clock: "acknowledge", due: at(48) }, {}, {}],
    });
  });

  it("fails for whatever was late, and says by how much", () => {
    const told = tale().at(50).does(ann, "acknowledge", { channel: "email" });
    expect(judge(told).timely).toMatchObject({
      passed: false,
      findings: [{ code: "LATE", says: "against", clock: "acknowledge", runs: 1, latest: 2 * hour }, {}, {}],
    });
  });

  it("fails for one of several exchanges", () => {
    const told = tale(promised)
      .at(1)
      .does(ann, "acknowledge", { channel: "email" })
      .at(2)
      .does(carl, "contact", inbound)
      .at(3)
      .does(ann, "contact", outbound)
      .at(10)
      .does(carl, "contact", inbound)
      .at(17)
      .does(ann, "contact", outbound)
      .at(20)
      .does(carl, "contact", inbound);
    expect(judge(told, {}, {}, 21).timely).toEqual({
      passed: false,
      findings: [
        { code: "ON_TIME", says: "for", clock: "acknowledge", runs: 1 },
        { code: "ON_TIME", says: "for", clock: "first_response", runs: 1 },
        { code: "LATE", says: "against", clock: "next_response", runs: 1, latest: 3 * hour },
        { code: "ON_TIME", says: "for", clock: "next_response", runs: 1 },
        { code: "STILL_RUNNING", says: "open", clock: "next_response", due: at(24) },
      ],
    });
  });

  it("owes no answer to a customer who has not written", () => {
    const told = tale(promised).at(1).does(ann, "acknowledge", { channel: "email" });
    expect(codes(told, "timely")).toEqual(["ON_TIME for", "ON_TIME for", "NOT_OWED nothing"]);
    expect(judge(told).timely.passed).toBe(true);
  });

  it("is not known without readings", () => {
    expect(judge(exemplary(), { clocks: [] }).timely).toEqual({
      passed: null,
      findings: ["acknowledge", "first_response", "next_response"].map((clock) => ({
        code: "NO_READING",
        says: "nothing",
        clock,
      })),
    });
  });
});

describe("fast", () => {
  const tens = Array.from({ length: 10 }, (_, i) => (i + 1) * hour);

  it("counts the time in the hands of the house, in elapsed milliseconds", () => {
    const told = tale()
      .at(1)
      .does(ann, "acknowledge", {})
      .at(2)
      .does(ann, "wait_for_customer", { question: "Which?" })
      .at(12)
      .does(carl, "reply", { channel: "email", text: "The blue one" })
      .at(13)
      .does(ann, "assess", assessment)
      .at(14)
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .at(15)
      .does(ann, "resolve", { outcome: "Paid" });
    expect(handlingTimeOf(told.timeline)).toBe(5 * hour);
    // Twenty hours resolved are nobody's; two more of handling.
    told.at(35).does(carl, "dispute", { reason: "Nothing came" });
    expect(handlingTimeOf(told.timeline)).toBe(null);
    told
      .at(37)
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid again" })
      .at(50)
      .does(carl, "confirm");
    expect(handlingTimeOf(told.timeline)).toBe(7 * hour);
  });

  it("holds the time against that of peers, with n and interval", () => {
    const told = exemplary();
    expect(handlingTimeOf(told.timeline)).toBe(5 * hour);
    const [, among] = judge(told, { peers: tens }).fast.findings;
    expect(among).toMatchObject({
      code: "AMONG_PEERS",
      says: "for",
      handling: 5 * hour,
      median: 5.5 * hour,
      faster: { value: 0.4, n: 10, interval: { method: "wilson", confidence: 0.95 } },
    });
  });

  it("fails a complaint that nearly all peers outran, whatever its target", () => {
    const told = exemplary();
    const peers = tens.map(() => 4 * hour);
    expect(codes(told, "fast", { peers })).toEqual(["ON_TIME for", "BEHIND_PEERS against"]);
    expect(judge(told, { peers }).fast.passed).toBe(false);
    expect(judge(told, { peers }, { slowest: 1 }).fast.passed).toBe(true);
    // As many as may be: nine of ten.
    expect(judge(told, { peers: [...tens.slice(0, 9).map(() => hour), 9 * hour] }).fast.passed).toBe(true);
  });

  it("says nothing of peers that are too few, or of a complaint that goes on", () => {
    expect(codes(exemplary(), "fast", { peers: tens.slice(0, 9).map(() => 1) })).toEqual([
      "ON_TIME for",
      "TOO_FEW_PEERS nothing",
    ]);
    expect(codes(exemplary(), "fast", { peers: [1, 2] }, { leastPeers: 2 })).toEqual([
      "ON_TIME for",
      "BEHIND_PEERS against",
    ]);
    expect(codes(tale(), "fast", { peers: tens })).toEqual(["STILL_RUNNING open"]);
  });

  it("fails what took longer than its target", () => {
    const told = tale(promised)
      .at(1)
      .does(ann, "acknowledge", {})
      .does(ann, "assess", assessment)
      .at(50)
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid" });
    expect(judge(told).fast).toEqual({
      passed: false,
      findings: [{ code: "LATE", says: "against", clock: "resolution", runs: 1, latest: 2 * hour }],
    });
  });
});

describe("pushing around", () => {
  const owned = (...owners: readonly string[]) => ({
    owners,
    tally: { notes: 0, contacts: 0, proposals: 0, handovers: Math.max(0, owners.length - 1), reopenings: 0 },
  });

  it("is to come back to somebody, over one or more", () => {
    expect(pingPong(owned("a", "b", "a"))).toEqual({
      handovers: 2,
      returns: [{ to: "a", over: ["b"] }],
      isPushedAround: true,
    });
    expect(pingPong(owned("a", "b", "c", "a", "b"), { handovers: 100 })).toEqual({
      handovers: 4,
      returns: [
        { to: "a", over: ["b", "c"] },
        { to: "b", over: ["c", "a"] },
      ],
      isPushedAround: true,
    });
  });

  it("is to be handed over as often as the policy says", () => {
    expect(pingPong(owned("a", "b", "c")).isPushedAround).toBe(false);
    expect(pingPong(owned("a", "b", "c", "d")).isPushedAround).toBe(true);
    expect(pingPong(owned("a", "b", "c", "d"), { handovers: 4 }).isPushedAround).toBe(false);
    expect(pingPong(owned("a", "b"), { handovers: 1 }).isPushedAround).toBe(true);
  });

  it("counts the handovers of a record from before owners were kept, and of one with more than it keeps", () => {
    const { tally } = owned("a", "b", "c", "d");
    expect(pingPong({ tally })).toEqual({ handovers: 3, returns: [], isPushedAround: true });
    expect(pingPong({ ...owned("a", "b"), tally: { ...tally, handovers: 40 } }).handovers).toBe(40);
  });

  it("is not to stay, nor to come to somebody who was erased", () => {
    expect(pingPong(owned("a", "a")).returns).toEqual([]);
    const erased = { erased: true } as unknown as string;
    expect(pingPong(owned(erased, "b", erased)).returns).toEqual([]);
    expect(pingPong(owned("a", erased, "a")).returns).toEqual([{ to: "a", over: [null] }]);
  });

  it("finds the returns that a plain search finds", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 10 }), (owners) => {
        const expected = owners.flatMap((to, i) => {
          const before = owners.lastIndexOf(to, i - 1);
          return i > 0 && before >= 0 && before < i - 1 ? [{ to, over: owners.slice(before + 1, i) }] : [];
        });
        expect(pingPong(owned(...owners)).returns).toEqual(expected);
      }),
    );
  });

  it("refuses what is no complaint and no number of handovers", () => {
    for (const wrong of [null, 5, {}, { tally: null }, { tally: { handovers: -1 } }, { ...owned("a"), owners: "a" }])
      expect(() => pingPong(wrong as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    for (const handovers of [0, 1.5, 101, Number.NaN, "3"])
      expect(() => pingPong(owned("a"), { handovers: handovers as never })).toThrow(
        expect.objectContaining({ code: "INVALID_OPTIONS" }),
      );
  });
});

describe("decisive", () => {
  it("fails for owners and for departments that got it back", () => {
    const told = tale()
      .does(ann, "assign", { ownerId: "ann", department: "desk" })
      .does(ann, "transfer", { department: "works", reason: "theirs" })
      .does(ann, "hand_over", { to: "ben", reason: "shift", department: "desk" })
      .does(ann, "hand_over", { to: "ann", reason: "shift" });
    expect(judge(told).decisive).toEqual({
      passed: false,
      findings: [
        { code: "HANDOVERS", says: "for", handovers: 2, limit: 3 },
        { code: "RETURNED", says: "against", to: "ann", over: ["ben"] },
        { code: "RETURNED_TO_DEPARTMENT", says: "against", to: "desk", over: ["works"] },
        { code: "NOT_CLOSED", says: "open" },
      ],
    });
    expect(codes(told, "decisive", {}, { handovers: 2 })[0]).toBe("HANDOVERS against");
  });

  it("fails for a state in which it lay, and not for one in which it was the customer's turn", () => {
    const lying = tale()
      .at(1)
      .does(ann, "acknowledge", {})
      .swept(24 * 9);
    expect(judge(lying).decisive.findings).toContainEqual({
      code: "STALLED",
      says: "against",
      state: "acknowledged",
      at: at(1 + 24 * 7),
      event: lying.timeline.findIndex((e) => e.type === "complaint.lapsed") + 1,
    });
    const waiting = settled().swept(5 + 24 * 31);
    expect(waiting.record.state).toBe("closed");
    expect(codes(waiting, "decisive")).toEqual(["HANDOVERS for"]);
    const proposed = tale().does(ann, "acknowledge", {}).does(ann, "assess", assessment).does(ann, "propose", proposal);
    proposed.swept(24 * 15);
    expect(proposed.timeline.at(-1)?.type).toBe("complaint.lapsed");
    expect(codes(proposed, "decisive")).toEqual(["HANDOVERS for", "NOT_CLOSED open"]);
    const paused = tale().does(ann, "acknowledge", {}).does(ann, "wait_for_customer", { question: "Which?" });
    paused.swept(24 * 15);
    expect(paused.timeline.some((e) => e.type === "complaint.lapsed")).toBe(true);
    expect(codes(paused, "decisive")).toEqual(["HANDOVERS for", "NOT_CLOSED open"]);
  });

  it("is decided when it is closed", () => {
    expect(judge(settled()).decisive.passed).toBe(null);
    expect(judge(settled().does(carl, "confirm")).decisive.passed).toBe(true);
  });
});

describe("thorough", () => {
  it("asks for the cause, whenever it was found", () => {
    const told = settled().does(carl, "confirm");
    expect(codes(told, "thorough")).toEqual(["CAUSE_MISSING against", "REMEDIES_VERIFIED for"]);
    told.does(ann, "find", { cause: "seal" });
    expect(judge(told).thorough.passed).toBe(true);
  });

  it("asks whether what was carried out was verified, and the customer's silence does not", () => {
    const told = settled()
      .does(ann, "find", { cause: "seal" })
      .swept(24 * 40);
    expect(told.record.state).toBe("closed");
    expect(judge(told).thorough).toEqual({
      passed: false,
      findings: [
        { code: "CAUSE_FOUND", says: "for", cause: "seal" },
        { code: "REMEDIES_NOT_VERIFIED", says: "against", remedies: ["r1"] },
      ],
    });
    told.does(ann, "verify", { id: "r1" });
    expect(judge(told).thorough.passed).toBe(true);
  });

  it("leaves open what may still be done", () => {
    const told = tale().does(ann, "acknowledge", {}).does(ann, "assess", assessment).does(ann, "propose", proposal);
    expect(codes(told, "thorough")).toEqual(["CAUSE_MISSING open", "NO_REMEDY open", "NOT_CLOSED open"]);
    told.does(carl, "accept");
    expect(codes(told, "thorough")).toContain("REMEDIES_NOT_CARRIED_OUT open");
  });

  it("fails for what came back: disputed, reopened, appealed, repeated", () => {
    const told = settled()
      .does(carl, "dispute", { reason: "Still warm" })
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid" })
      .does(carl, "confirm")
      .does(carl, "reopen", { reason: "Warm again" })
      .does(max, "reject", { reason: "Enough" })
      .does(carl, "appeal", { reason: "No" });
    expect(codes(told, "thorough", { repeats: ["c-9"] })).toEqual([
      "CAUSE_MISSING open",
      "REMEDIES_VERIFIED for",
      "DISPUTED against",
      "REOPENED against",
      "APPEALED against",
      "REPEATED against",
      "NOT_CLOSED open",
    ]);
    expect(judge(exemplary(), { repeats: ["c-9"] }).thorough.passed).toBe(false);
    expect(judge(exemplary(), { repeats: [] }).thorough.passed).toBe(true);
  });

  it("asks neither cause nor remedy of what was withdrawn or rejected", () => {
    const told = tale().does(carl, "withdraw");
    expect(judge(told).thorough).toEqual({
      passed: null,
      findings: [{ code: "ENDED_OTHERWISE", says: "nothing", state: "withdrawn" }],
    });
  });

  it("does not know remedies of before there was a ledger", () => {
    const { record, ...rest } = exemplary().whole();
    const { remedies: _, ...old } = record;
    const { findings } = judgeHandling({ ...rest, record: old as typeof record }).thorough;
    expect(findings.map(({ code }) => code)).toEqual(["CAUSE_FOUND", "NO_LEDGER"]);
  });
});

describe("thankful", () => {
  it("fails for silence during the handling that lasts longer than allowed", () => {
    const told = tale()
      .at(1)
      .does(ann, "acknowledge", { channel: "email" })
      .does(ann, "assess", assessment)
      .at(1 + 24 * 8)
      .does(ann, "propose", proposal);
    expect(judge(told).thankful.findings[1]).toEqual({
      code: "NOT_INFORMED",
      says: "against",
      words: 1,
      silence: 8 * day,
      limit: 7 * day,
    });
    expect(judge(told, {}, { silenceDays: 8 }).thankful.findings[1]).toMatchObject({ code: "INFORMED", says: "open" });
  });

  it("does not count the time in which the customer had the word", () => {
    const told = tale()
      .at(1)
      .does(ann, "acknowledge", { channel: "email" })
      .does(ann, "wait_for_customer", { question: "Which?" })
      .at(24 * 10)
      .does(carl, "reply", { channel: "phone", text: "The blue one" })
      .at(24 * 11)
      .does(ann, "contact", outbound);
    expect(judge(told).thankful.findings[1]).toMatchObject({ code: "INFORMED", silence: day, words: 1 });
  });

  it("goes by the promise about progress, where there is one", () => {
    const told = tale(promised)
      .at(1)
      .does(ann, "acknowledge", { channel: "email" })
      .at(6)
      .does(ann, "contact", outbound);
    expect(codes(told, "thankful").slice(1, 4)).toEqual(["LATE against", "ON_TIME for", "STILL_RUNNING open"]);
  });

  it("asks for words at the end, by whomever of the house", () => {
    const silent = settled().does(carl, "confirm");
    expect(codes(silent, "thankful")).toEqual(["ACKNOWLEDGED for", "INFORMED for", "NOT_TOLD_AT_THE_END against"]);
    expect(judge(silent.does(ann, "answer", { channel: "email", text: "Thank you" })).thankful.passed).toBe(true);
    // What was said before the end says nothing of it; after it, or at that instant, it does.
    const before = settled();
    expect(codes(before, "thankful").at(-2)).toBe("NOT_TOLD_AT_THE_END open");
    expect(codes(before.does(ann, "contact", outbound), "thankful").at(-2)).toBe("TOLD_AT_THE_END for");
  });

  it("fails what nobody was told the arrival of", () => {
    const told = tale().at(1).does(max, "reject", { reason: "Not ours" });
    expect(codes(told, "thankful")).toEqual([
      "NOT_ACKNOWLEDGED against",
      "NOT_INFORMED against",
      "NOT_TOLD_AT_THE_END against",
    ]);
    const gone = tale().at(1).does(carl, "withdraw");
    expect(codes(gone, "thankful")).toEqual([
      "NOT_ACKNOWLEDGED nothing",
      "INFORMED for",
      "NOT_TOLD_AT_THE_END against",
    ]);
  });
});

describe("a complaint that goes on in another", () => {
  it("passes nothing: it is judged there", () => {
    const told = tale().does(ann, "acknowledge", { channel: "email" }).does(ann, "merge", { into: "c-2" });
    expect(passed(told)).toEqual([null, null, null, null, null]);
    for (const word of words) expect(codes(told, word)).toContain("MERGED open");
  });
});

describe("any life through the rules", () => {
  const judgedLife = fc
    .tuple(steps(), fc.constantFrom([], [promises]))
    .map(([list, policies]) => lived({ policies }, list));

  it("passes a word only where nothing speaks against it and something for it, and no word once it is against", () => {
    fc.assert(
      fc.property(judgedLife, (told) => {
        for (const { passed, findings } of Object.values(judge(told))) {
          const says = findings.map((one) => one.says);
          expect(passed).toBe(
            says.includes("against") ? false : says.includes("open") || !says.includes("for") ? null : true,
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it("agrees with its own events about what came back, what lay and how long it took", () => {
    fc.assert(
      fc.property(judgedLife, (told) => {
        const { thorough, decisive } = judge(told);
        const many = (type: string) => told.timeline.filter((e) => e.type === `complaint.${type}`).length;
        const found = (list: readonly { readonly code: string }[], code: string) =>
          list.filter((f) => f.code === code).length;
        for (const type of ["disputed", "reopened", "appealed"])
          expect(found(thorough.findings, type.toUpperCase())).toBe(many(type));
        const lapses = told.timeline.filter((e) => e.type === "complaint.lapsed");
        const ours = lapses.filter(
          (e) =>
            !["proposed", "resolved", "waiting_for_customer", "waiting_for_third_party"].includes(
              (e.data as { state: string }).state,
            ),
        );
        expect(found(decisive.findings, "STALLED")).toBe(ours.length);
        // Hour by hour, as somebody would count it who watches.
        const done = ["resolved", "closed", "withdrawn", "rejected", "merged"];
        let state = "";
        let back: string | undefined;
        let ms = 0;
        let last = toMs(noon);
        for (const { at: when, moved } of told.timeline) {
          if (moved === undefined) continue;
          if (state !== "" && !done.includes(state) && back === undefined) ms += toMs(when) - last;
          last = toMs(when);
          state = moved.to;
          back = moved.back;
        }
        const isDone = done.includes(state) || back === "resolved";
        expect(handlingTimeOf(told.timeline)).toBe(isDone ? ms : null);
      }),
      { numRuns: 150 },
    );
  });
});

describe("what cannot be judged", () => {
  const sound = exemplary().whole();
  const refusing = (wrong: object, options: object = {}) =>
    expect(() => judgeHandling({ ...sound, ...wrong } as never, options)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTIONS" }),
    );

  it("is refused with a code: half a timeline, another's, one out of order, none", () => {
    refusing({ timeline: sound.timeline.slice(0, -1) });
    refusing({ timeline: sound.timeline.slice(1) });
    refusing({ timeline: [...sound.timeline].reverse() });
    refusing({ timeline: [] });
    refusing({ timeline: undefined });
    refusing({ clocks: undefined });
    refusing({ timeline: tale({ id: "c-2" }).timeline });
    refusing({ timeline: sound.timeline.map((e) => ({ ...e, at: "yesterday" })) });
    refusing({ timeline: sound.timeline.map((e) => ({ ...e, stream: { kind: "customer", id: "c-1" } })) });
    refusing({ record: { ...sound.record, state: 5 } });
    refusing({ record: { ...sound.record, remedies: [{ id: "r1" }] } });
    refusing({ clocks: [{ clock: "acknowledge", verdict: "maybe" }] });
  });

  it("is refused for peers and limits that are none", () => {
    for (const peers of [[-1], [Number.NaN], ["5"], "12", { length: 1e9 }, { length: -1 }]) refusing({ peers });
    for (const options of [
      { silenceDays: 0 },
      { slowest: 1.1 },
      { leastPeers: 0 },
      { leastPeers: 1.5 },
      { confidence: 1 },
      { handovers: 0 },
      { closed: "closed" },
    ])
      refusing({}, options);
  });
});
