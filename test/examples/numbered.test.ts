import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { main as aPlugin } from "../../examples/02-a-plugin.js";
import { main as correctiveAction } from "../../examples/03-corrective-action.js";
import { main as timeAndPolicies } from "../../examples/04-time-and-policies.js";
import { main as forgetAPerson } from "../../examples/05-forget-a-person.js";
import { main as relay } from "../../examples/06-relay.js";
import { main as imports } from "../../examples/07-import.js";
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
    "Assess | Assign an owner | Record a contact | Escalate | Add a note | Wait for the customer | " +
      "Wait for a third party | Withdraw",
    "This is not possible now. The complaint has no owner yet; assign one first.",
    "2026-03-02T09:00:00.000Z Complaint received (ann)",
    "2026-03-02T09:00:00.000Z Receipt acknowledged (ann)",
    "2026-03-05T09:00:00.000Z Deadline passed (clock)",
    "2026-03-05T09:00:00.000Z Escalated (clock)",
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
    "  complaint-2: 2026-03-02T17:00:00.000Z Deadline passed (recorded 2026-03-03T08:00:00.000Z)",
    "  complaint-2: 2026-03-02T17:00:00.000Z Escalated (recorded 2026-03-03T08:00:00.000Z)",
    "stricter version 1, from 2026-03-02T00:00:00.000Z: adopted",
    "reindexed: 4 records",
    "2026-03-03T08:00:00.000Z sweep: 1 changed by time",
    "  complaint-1: 2026-03-03T05:00:00.000Z Deadline passed (recorded 2026-03-03T08:00:00.000Z)",
    "  complaint-1: 2026-03-03T05:00:00.000Z Escalated (recorded 2026-03-03T08:00:00.000Z)",
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
    "  2025-01-12T09:00:00.000Z clock: Deadline passed (recorded 2026-03-02T09:00:00.000Z)",
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
