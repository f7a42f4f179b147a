import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { main as aPlugin } from "../../examples/02-a-plugin.js";
import { main as correctiveAction } from "../../examples/03-corrective-action.js";
import { main as timeAndPolicies } from "../../examples/04-time-and-policies.js";
import { main as forgetAPerson } from "../../examples/05-forget-a-person.js";
import { main as relay } from "../../examples/06-relay.js";
import { main as imports } from "../../examples/07-import.js";
import { main as workingTime } from "../../examples/12-working-time.js";
import { main as chinaWorkdays } from "../../examples/13-china-workdays.js";
import { main as serviceLevels } from "../../examples/14-service-levels.js";
import { linesOf } from "./lines.js";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));

it("every numbered example is asserted", () => {
  const numbered = readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name));
  const tests = readdirSync(fileURLToPath(new URL(".", import.meta.url)))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(new URL(name, import.meta.url), "utf8"));
  expect(numbered.map((name) => name.slice(0, 2))).toEqual(numbered.map((_, n) => String(n).padStart(2, "0")));
  expect(numbered.filter((name) => !tests.some((text) => text.includes(name.replace(/\.ts$/, ".js"))))).toEqual([]);
});

it("00: the quick start shows what can be done, a refusal, and what time did", async () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words: unknown[]) => void lines.push(words.join(" ")));
  try {
    await import("../../examples/00-quick-start.js");
  } finally {
    log.mockRestore();
  }
  expect(lines).toEqual([
    "Acknowledge | Give the final reply | Approve remedies | Assign an owner | Record a contact | " +
      "Send somebody there | Escalate | Record findings | Merge into another | Add a note | Promise an answer | " +
      "Link to another complaint | Split off a complaint | Transfer to another department | Remove a link | " +
      "Verify a remedy | Wait for the customer | Wait for a third party | Withdraw",
    "This is not possible now. There is no owner yet; assign one first.",
    "2026-03-02T09:00:00.000Z Complaint received (ann)",
    "2026-03-04T09:00:00.000Z Overdue (clock)",
    "2026-03-04T09:00:00.000Z Escalated (clock)",
    "2026-03-05T09:00:00.000Z Receipt acknowledged (ann)",
  ]);
});

it("02: a plugin's hold is refused, placed, keeps a customer from withdrawing, and is released", async () => {
  expect(await linesOf(aPlugin)).toEqual([
    "ann: Acknowledge: done",
    "ann: Assess: done",
    "carla: Place on legal hold: refused. This is not possible now. Only a critical complaint goes to counsel.",
    "ann: Assess anew: done",
    "ann: Place on legal hold: refused. You are not permitted to do this. Allowed for: anyone (counsel)",
    expect.stringMatching(/^carla: Place on legal hold: refused\. .* caseRef: .*"104"$/),
    "carla: Place on legal hold: done",
    "  state: On legal hold; legal case: HD-104",
    "c-7: Withdraw: refused. This is not possible now. The case is in court.",
    "carla: Release: done",
    "  state: Assessed; legal case: none",
    "  swept a minute before the deadline: 0",
    "  swept at the deadline: 1",
    "c-7: Withdraw: done",
    "  state: Withdrawn; legal case: none",
  ]);
});

it("03: a resolved complaint and its corrective action are saved together or not at all", async () => {
  expect(await linesOf(correctiveAction)).toEqual([
    "rolled back: the warehouse has no compressor",
    "complaint: resolving; actions: 0",
    "resolved; 2 events in one unit of work",
    'complaint: resolved; action: capa.planned, "find out why it happened"',
    "caused by main/complaint/complaint-1/6; by capa.learn",
    "ann finishes it: NOT_PERMITTED",
    "quinn finishes it: capa.done, 100 %",
  ]);
});

it("04: a policy holds for the stays that begin under it, and time is dated when it was due", async () => {
  expect(await linesOf(timeAndPolicies)).toEqual([
    "strict version 1, from 2026-03-02T12:00:00.000Z: adopted",
    "strict version 1, from 2026-03-02T12:00:00.000Z: adopted",
    "strict version 1, from 2026-03-02T12:00:00.000Z: This version has already been adopted with other content.",
    "strict version 2, from 2026-03-02T12:00:00.000Z: This names something that is not installed.",
    "2026-03-03T08:00:00.000Z sweep: 1 changed by time",
    "  complaint-2: 2026-03-02T17:00:00.000Z Its time in this state has run out (recorded 2026-03-03T08:00:00.000Z)",
    "stricter version 1, from 2026-03-02T00:00:00.000Z: adopted",
    "2026-03-03T08:00:00.000Z sweep: 1 changed by time",
    "  complaint-1: 2026-03-03T05:00:00.000Z Its time in this state has run out (recorded 2026-03-03T08:00:00.000Z)",
  ]);
});

it("05: a person is exported, then forgotten; the log still replays and the case goes on", async () => {
  const lines = await linesOf(forgetAPerson);
  const erased = lines.indexOf("Joy is erased.");
  const before = lines.slice(0, erased).join("\n");
  expect(before).toContain("complaint complaint-1, received");
  expect(before).toContain("My neighbour Al heard the fridge explode");
  expect(before).toContain("Call me on 555-0100");
  expect(before).not.toContain("The fridge of my neighbour exploded");
  expect(lines.slice(erased + 1)).toEqual([
    "  joy's complaint: received, summary (erased)",
    `  al's complaint: summary "The fridge of my neighbour exploded"`,
    `  "555-0100" is kept somewhere: false`,
    "  replaying the log gives the stored record: true",
    "  and the case goes on: acknowledged",
  ]);
});

it("06: a consumer that fails holds up neither the other one nor its own other streams", async () => {
  expect(await linesOf(relay)).toEqual([
    "    mail: complaint-1 complaint.opened",
    "    mail: complaint-1 complaint.acknowledged",
    "09:00 mail: 2 delivered, 1 failed, 0 halted; search: 4 delivered; mail has 2 to go",
    "09:01 mail: 0 delivered, 1 failed, 0 halted; search: 0 delivered; mail has 2 to go",
    "09:02 mail: 0 delivered, 0 failed, 1 halted; search: 0 delivered; mail has 2 to go",
    "halted: complaint-2, event 1: no address to write to",
    "skipped: true",
    "    mail: complaint-2 complaint.acknowledged",
    "09:03 mail: 1 delivered, 0 failed, 0 halted; search: 0 delivered; mail has 0 to go",
  ]);
});

it("07: an import that was broken off runs again, and keeps the dates of what happened", async () => {
  const lines = await linesOf(imports);
  expect(lines.filter((line) => !line.includes("..."))).toEqual([
    "First run, broken off after two cases:",
    "  old-1: imported, 5 events",
    "  old-2: refused at command 0: This is not possible in the present state. Possible when: Being resolved",
    "Second run:",
    "  old-1: already here",
    "  old-2: refused at command 0: This is not possible in the present state. Possible when: Being resolved",
    "  old-3: imported, 2 events",
    "old-1, as it is told now:",
    "  2025-01-10T09:00:00.000Z joy: Complaint received (recorded 2026-03-02T09:00:00.000Z)",
    "  2025-01-12T09:00:00.000Z clock: Overdue (recorded 2026-03-02T09:00:00.000Z)",
    "  2025-01-12T09:00:00.000Z clock: Escalated (recorded 2026-03-02T09:00:00.000Z)",
    "  2025-01-16T09:00:00.000Z ann: Receipt acknowledged (recorded 2026-03-02T09:00:00.000Z)",
    "  2025-01-17T10:00:00.000Z joy: Withdrawn (recorded 2026-03-02T09:00:00.000Z)",
    "Open after the import: old-3",
  ]);
  expect(lines.filter((line) => line.includes("..."))).toHaveLength(5);
});

it("11: the loop leads from a fact to a grade, a visit, an answer and a complaint", async () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words: unknown[]) => void lines.push(words.join(" ")));
  try {
    await import("../../examples/11-the-loop.js");
  } finally {
    log.mockRestore();
  }
  expect(lines).toEqual(["grade A", "c-7 changed 2026-03-10", "received Nobody called back"]);
});

it("12: a due time passes over a holiday, a night is as long as its clocks make it, and a day off moves two of three", async () => {
  expect(await linesOf(workingTime)).toEqual([
    "four working hours from 2026-07-02T20:00:00.000Z: 2026-07-06T16:00:00.000Z",
    "  worked 1 h: 2026-07-02T20:00:00.000Z to 2026-07-02T21:00:00.000Z",
    "  worked 3 h: 2026-07-06T13:00:00.000Z to 2026-07-06T16:00:00.000Z",
    "  closed: 2026-07-02T21:00:00.000Z to 2026-07-03T04:00:00.000Z",
    "  Independence Day (substitute day): 2026-07-03T04:00:00.000Z to 2026-07-04T04:00:00.000Z",
    "  Independence Day: 2026-07-04T04:00:00.000Z to 2026-07-05T04:00:00.000Z",
    "  closed: 2026-07-05T04:00:00.000Z to 2026-07-06T13:00:00.000Z",
    "one hour, as a deadline: 2026-07-02T21:00:00.000Z",
    "one hour, to go on with: 2026-07-06T13:00:00.000Z",
    "A night from 22:00 to 06:00:",
    "  of 2026-02-28: 8 h",
    "  of 2026-03-07: 7 h",
    "  of 2026-10-31: 9 h",
    "Open in New York and in Berlin:",
    "  2026-03-06T14:00:00.000Z to 2026-03-06T15:00:00.000Z: 1 h",
    "  2026-03-09T13:00:00.000Z to 2026-03-09T15:00:00.000Z: 2 h",
    "  2026-03-30T13:00:00.000Z to 2026-03-30T14:00:00.000Z: 1 h",
    "Closed on 6 July as well:",
    "  repair: 2026-07-06T16:00:00.000Z becomes 2026-07-07T16:00:00.000Z, 24 h later",
    "  survey: 2026-07-10 becomes 2026-07-13, 72 h later",
  ]);
});

it("13: a notice moves what was due before it was known, and a make-up day is worked but at a bank", async () => {
  expect(await linesOf(chinaWorkdays)).toEqual([
    "version 1, known through 2025-12-31: due 2026-01-01T09:00:00.000Z, provisional",
    "version 2, known through 2026-12-31: due 2026-01-04T09:00:00.000Z, certain",
    "The notice for 2026 moves:",
    "  repair: 2026-01-01T09:00:00.000Z becomes 2026-01-04T09:00:00.000Z",
    "  second visit: 2026-02-18 becomes 2026-02-25",
    "From 30 September to 12 October 2026:",
    "  国庆节: 2026-09-30T16:00:00.000Z to 2026-10-05T16:00:00.000Z",
    "  国庆节（调休）: 2026-10-05T16:00:00.000Z to 2026-10-07T16:00:00.000Z",
    "  24 working hours",
    "  is 10 October worked? true",
    "  at a bank? false",
    "shanghai: 248 working days in 2026",
    "bank: 242 working days in 2026",
  ]);
});

it("14: a promise reaches over a weekend, a carrier is late while the house stands still, and a late note sets it right", async () => {
  expect(await linesOf(serviceLevels)).toEqual([
    "Friday, 14:00: four working hours reach into Monday.",
    "  first_response: running, due 2026-03-09T09:00:00.000Z",
    "  resolution: running, due 2026-03-11T16:00:00.000Z",
    "Monday, 09:00; swept: 1. The carrier is late, the house stood still.",
    "  carrier.answer: running, due 2026-03-07T13:00:00.000Z, late",
    "  first_response: paused, due 2026-03-09T12:00:00.000Z",
    "  resolution: paused, due 2026-03-12T11:00:00.000Z",
    "Monday, 16:00: Ann had called at ten, and notes it down only now.",
    "  carrier.answer: stopped, due 2026-03-07T13:00:00.000Z, late",
    "  first_response: stopped, due 2026-03-09T12:00:00.000Z, on time",
    "  resolution: running, due 2026-03-12T11:00:00.000Z",
    "All that was said:",
    "  2026-03-06T13:00:00.000Z Complaint received",
    "  2026-03-06T13:00:00.000Z Waiting",
    "  2026-03-07T13:00:00.000Z Overdue",
    "  2026-03-07T13:00:00.000Z Carrier chased",
    "  2026-03-09T08:00:00.000Z Resumed",
    "  2026-03-09T10:00:00.000Z Due soon",
    "  2026-03-09T12:00:00.000Z Overdue",
    "  2026-03-09T12:00:00.000Z Escalated",
    "  2026-03-09T09:00:00.000Z Contact with the customer",
    "  2026-03-09T15:00:00.000Z Verdict on a deadline corrected",
    "Within half an hour, first_response would have been late, not on time.",
  ]);
});
