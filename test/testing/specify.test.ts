import { describe, expect, test } from "vitest";
import { action, corrective } from "../../examples/plugins/corrective.js";
import { legal } from "../../examples/plugins/legal.js";
import { createServiceRules, deadlines, serviceLevels } from "../../src/index.js";
import { customer, specify, staff } from "../../src/testing/index.js";

const rules = createServiceRules({ plugins: [legal, corrective] });
const complaints = specify(rules);
const critical = {
  type: "open",
  input: { customerId: "c-7", summary: "The fridge burns", severity: "critical" },
} as const;
const held = { type: "legal.place_hold", input: { caseRef: "AB-1" } } as const;

describe("a specification reads as a sentence", () => {
  test("given, when, then", () => {
    complaints
      .given(critical)
      .by(staff("lee", "counsel"))
      .when(held)
      .then([{ type: "legal.held", data: { caseRef: "AB-1" }, moved: { to: "legal.hold", back: "received" } }])
      .thenState("legal.hold")
      .thenRecord({ severity: "critical", slots: { legal: { caseRef: "AB-1" } } });
  });

  test("a refusal by its code, or by that of a denial; the record stays", () => {
    complaints.given(critical).by(staff("ann")).when(held).thenRefused("NOT_PERMITTED").thenState("received");
    complaints.when(held).thenRefused("legal.NOT_CRITICAL");
    complaints.when(held).thenRefused("DENIED");
    complaints.given(critical, held).when({ type: "withdraw" }).thenRefused("legal.IN_COURT");
    complaints.given(critical).by(customer("c-8")).when({ type: "withdraw" }).thenRefused("NOT_PERMITTED");
    complaints
      .given(critical)
      .by(customer("c-7"))
      .when({ type: "withdraw" })
      .then([{ type: "complaint.withdrawn" }]);
  });

  test("events as the past", () => {
    complaints
      .given({ type: "complaint.assigned", data: { ownerId: "ann" } })
      .when({ type: "assign", input: { ownerId: "bob" } })
      .thenRefused("ALREADY_OWNED");
    complaints
      .given({
        type: "legal.held",
        data: { caseRef: "AB-2" },
        moved: { from: "received", to: "legal.hold", back: "received" },
      })
      .when({ type: "legal.release" })
      .then([{ type: "legal.released", moved: { to: "received" } }]);
  });

  test("time and policies", () => {
    complaints.whenTimePasses({ days: 3 }).then([
      { type: "complaint.breached", data: { clock: "acknowledge" }, actor: { id: "clock" } },
      { type: "complaint.escalated", data: { to: 2 } },
    ]);
    complaints.whenTimePasses({ days: 2 }).then([]);
    complaints
      .given({ type: "acknowledge" })
      .whenTimePasses({ days: 7 })
      .then([{ type: "complaint.lapsed", data: { state: "acknowledged" } }]);
    complaints
      .after({ days: 3 })
      .when({ type: "acknowledge" })
      .then([
        { type: "complaint.breached", at: "2026-01-03T09:00:00.000Z" },
        { type: "complaint.escalated" },
        { type: "complaint.acknowledged", at: "2026-01-04T09:00:00.000Z" },
      ]);
    const strict = deadlines.version({
      id: "strict",
      version: 1,
      from: "2026-01-01T00:00:00.000Z",
      body: { complaint: { received: { hours: 4 } } },
    });
    complaints
      .under(strict)
      .whenTimePasses({ hours: 4 })
      .then([{ type: "complaint.lapsed" }]);
    const promised = serviceLevels.version({
      id: "promised",
      version: 1,
      from: "2026-01-01T00:00:00.000Z",
      body: { targets: { complaint: [{ clock: "acknowledge", within: { elapsed: { hours: 4 } } }] } },
    });
    complaints
      .under(promised)
      .whenTimePasses({ hours: 5 })
      .then([{ type: "complaint.breached" }]);
    complaints
      .at("2025-06-01T00:00:00.000Z")
      .when({ type: "acknowledge" })
      .thenRecord({ openedAt: "2025-06-01T00:00:00.000Z" });
  });

  test("a kind of a plugin, and its opening", () => {
    const actions = specify(rules).of(action);
    actions
      .when({ type: "capa.progress", input: { percent: 30 } })
      .then([{ type: "capa.progressed" }])
      .thenRecord({ percent: 30 });
    actions.when({ type: "open", input: { complaintId: "1", what: "" } }).thenRefused("INVALID_INPUT");
  });
});

describe("what does not hold is told", () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      "other events",
      () => complaints.when({ type: "acknowledge" }).then([{ type: "complaint.noted" }]),
      /expected the events complaint\.noted, found the events complaint\.acknowledged/,
    ],
    [
      "fewer events",
      () => complaints.when({ type: "acknowledge" }).then([]),
      /expected no events, found the events complaint\.acknowledged/,
    ],
    [
      "other data",
      () =>
        complaints
          .when({ type: "assign", input: { ownerId: "bob" } })
          .then([{ type: "complaint.assigned", data: { ownerId: "ann" } }]),
      /data\.ownerId: expected "ann", found "bob"/,
    ],
    [
      "a refusal",
      () => complaints.when({ type: "resume" }).then([{ type: "complaint.resumed" }]),
      /found the refusal \{"code":"WRONG_STATE"/,
    ],
    [
      "no refusal",
      () => complaints.when({ type: "acknowledge" }).thenRefused("DENIED"),
      /expected the refusal DENIED, found the events/,
    ],
    [
      "another refusal",
      () => complaints.when({ type: "resume" }).thenRefused("DENIED"),
      /expected the refusal DENIED, found .*WRONG_STATE/,
    ],
    [
      "another state",
      () => complaints.when({ type: "acknowledge" }).thenState("received"),
      /expected the state "received", found "acknowledged"/,
    ],
    [
      "another record",
      () => complaints.when({ type: "acknowledge" }).thenRecord({ tally: { notes: 1 } }),
      /tally\.notes: expected 1, found 0/,
    ],
    [
      "a past that could not be",
      () => complaints.given({ type: "resume" }),
      /given "resume": expected it to be accepted, found .*WRONG_STATE/,
    ],
  ])("%s", (_, story, message) => {
    expect(story).toThrow(message);
  });

  test("a story without an expectation does not pass when it is awaited", async () => {
    await expect(async () => await (complaints.when({ type: "acknowledge" }) as unknown)).rejects.toThrow(
      "say what is expected",
    );
    await complaints.when({ type: "acknowledge" }).then([{ type: "complaint.acknowledged" }]);
  });
});

test("commands and events are typed by the composition", () => {
  // @ts-expect-error: there is no such command
  expect(() => complaints.when({ type: "legal.nothing" }).then([])).toThrow("UNKNOWN_COMMAND");
  // @ts-expect-error: its input is needed
  expect(() => complaints.when({ type: "legal.place_hold" }).then([])).toThrow("INVALID_INPUT");
  // @ts-expect-error: there is no such event
  expect(() => complaints.when({ type: "acknowledge" }).then([{ type: "legal.helt" }])).toThrow("legal.helt");
  // @ts-expect-error: there is no such state
  expect(() => complaints.when({ type: "acknowledge" }).thenState("legal.holt")).toThrow("legal.holt");
});

test("a record that nobody has opened is opened when its story begins", () => {
  complaints
    .at("2027-01-01T00:00:00.000Z")
    .when({ type: "acknowledge" })
    .then([{ type: "complaint.acknowledged" }]);
});

test("a kind that no plugin brings", () => {
  expect(() => specify(createServiceRules()).of(action as never)).toThrow('found "capa.action"');
});
