import { describe, expect, it } from "vitest";
import { complaint, complaintEvents, complaintStates } from "../../src/complaint/index.js";
import { ownEvents } from "../../src/lifecycle/record-kind.js";
import type { Phase } from "../../src/lifecycle/tokens.js";
import { createServiceRules, type InferEvent, type InferRecord } from "../../src/rules/index.js";

const rules = createServiceRules();
type Complaint = InferRecord<typeof rules, "complaint">;
type ComplaintEvent = InferEvent<typeof rules, "complaint">;

/** A host's switch over the states: a state more, and it no longer compiles. */
function phaseOf(state: Complaint["state"]): Phase {
  switch (state) {
    case "received":
    case "acknowledged":
    case "assessed":
    case "investigating":
    case "proposed":
    case "resolving":
    case "resolved":
      return "open";
    case "waiting_for_customer":
    case "waiting_for_third_party":
      return "paused";
    case "closed":
    case "withdrawn":
    case "rejected":
    case "merged":
      return "closed";
    default:
      return state satisfies never;
  }
}

/** A host's switch over the events; each case knows the data of its own. */
function told(event: ComplaintEvent): string {
  switch (event.type) {
    case "complaint.opened":
      return event.data.customerId ?? "";
    case "complaint.moved":
      return event.data.by;
    case "complaint.lapsed":
      return event.data.state satisfies Complaint["state"];
    case "complaint.warned":
      return event.data.level;
    case "complaint.breached":
      return event.data.clock;
    case "complaint.revised":
      return event.data.to;
    case "complaint.acknowledged":
      return event.data.channel ?? "";
    case "complaint.assessed":
      return event.data.severity;
    case "complaint.proposed":
      return event.data.remedy;
    case "complaint.accepted":
    case "complaint.confirmed":
    case "complaint.withdrawn":
      return typeof event.data.words;
    case "complaint.declined":
    case "complaint.disputed":
    case "complaint.reopened":
    case "complaint.rejected":
    case "complaint.appealed":
      return typeof event.data.reason;
    case "complaint.resolved":
      return typeof event.data.outcome;
    case "complaint.escalated":
    case "complaint.deescalated":
      return String(event.data.to);
    case "complaint.assigned":
      return event.data.ownerId;
    case "complaint.handed_over":
    case "complaint.dispatched":
      return event.data.to;
    case "complaint.noted":
    case "complaint.visited":
    case "complaint.answered":
      return typeof event.data.text;
    case "complaint.contacted":
      return event.data.direction;
    case "complaint.waited":
      return event.data.on;
    case "complaint.resumed":
      return "";
    case "complaint.found":
      return event.data.cause ?? "";
    case "complaint.approved":
      return typeof event.data.entries;
    case "complaint.carried_out":
      return typeof event.data.entry;
    case "complaint.transferred":
      return event.data.department;
    case "complaint.promised":
      return event.data.for;
    case "complaint.unanswered":
      return String(event.data.reminders);
    case "complaint.verified":
    case "complaint.linked":
    case "complaint.unlinked":
    case "complaint.absorbed":
      return event.data.id;
    case "complaint.merged":
      return event.data.into;
    case "complaint.split":
      return typeof event.data.summary;
    default:
      return event satisfies never;
  }
}

describe("switches of a host", () => {
  it("cover every state of the core, and agree with its phases", () => {
    for (const state of Object.values(complaintStates))
      expect([state.id, phaseOf(state.id)]).toEqual([state.id, state.phase]);
  });

  it("cover every event of the core", () => {
    const sample = {
      customerId: "",
      by: "",
      state: "received",
      severity: "",
      remedy: "",
      ownerId: "",
      to: "",
      direction: "",
      clock: "",
      level: "",
      on: "",
      cause: "",
      department: "",
      for: "",
      id: "",
      into: "",
    };
    const core = [...ownEvents(complaint), ...Object.values(complaintEvents)];
    for (const { id: type } of core) expect(told({ type, data: sample } as never)).toBeTypeOf("string");
    expect(() => told({ type: "complaint.unheard_of" } as never)).not.toThrow();
  });
});
