// Existing cases move in with their history: every event keeps its date and its actor, what time would have caused in
// between is in it too, and an import that was broken off simply runs again.
import {
  type Actor,
  type ComplaintInput,
  coreLabels,
  createServiceDesk,
  createServiceRules,
  type ImportedCase,
  type InferCommand,
  labelCatalogue,
  memoryStore,
  unwrap,
} from "clientele";
import { type Print, runIfStarted } from "./run.js";

const ann: Actor = { kind: "staff", id: "ann" };
const joy: Actor = { kind: "customer", id: "joy" };

const rules = createServiceRules();
type Old = ImportedCase<ComplaintInput, InferCommand<typeof rules, "complaint">>;

/** What a host reads from its old system: nothing has to be in memory at once. */
function* oldCases(): Generator<Old> {
  yield {
    id: "old-1",
    at: "2025-01-10T09:00:00.000Z",
    actor: joy,
    input: { customerId: "joy", summary: "The oven is cold", channel: "letter" },
    commands: [
      // Acknowledged on the sixth day: by then two days were over, and the case had gone up a level.
      { type: "acknowledge", at: "2025-01-16T09:00:00.000Z", actor: ann },
      { type: "withdraw", input: { words: "My son fixed it" }, at: "2025-01-17T10:00:00.000Z", actor: joy },
    ],
  };
  yield {
    id: "old-2",
    at: "2025-02-03T09:00:00.000Z",
    actor: ann,
    input: { customerId: "al", summary: "The door squeaks" },
    commands: [{ type: "resolve", input: { outcome: "Oiled" }, at: "2025-02-04T09:00:00.000Z", actor: ann }],
  };
  yield {
    id: "old-3",
    at: "2026-03-01T15:00:00.000Z",
    actor: ann,
    input: { customerId: "al", summary: "The bell is mute" },
    commands: [{ type: "note", input: { text: "Al called" }, at: "2026-03-01T16:00:00.000Z", actor: ann }],
  };
}

export async function main(print: Print): Promise<void> {
  const now = "2026-03-02T09:00:00.000Z";
  const desk = createServiceDesk({ rules, store: memoryStore(), clock: () => now });
  const words = labelCatalogue(...coreLabels);

  const run = async (stopAfter: number) => {
    const stop = new AbortController();
    const onProgress = (done: number) => {
      print(`  ... ${done} read`);
      if (done === stopAfter) stop.abort();
    };
    for await (const one of desk.complaints.import(oldCases(), { signal: stop.signal, onProgress })) {
      if (one.outcome === "imported") print(`  ${one.id}: imported, ${one.version} events`);
      else if (one.outcome === "present") print(`  ${one.id}: already here`);
      else print(`  ${one.id}: refused at command ${one.command}: ${words.reasons(one.refusal, "en").join(" ")}`);
    }
  };
  print("First run, broken off after two cases:");
  await run(2);
  print("Second run:");
  await run(Number.POSITIVE_INFINITY);

  print("old-1, as it is told now:");
  for (const event of unwrap(await desk.complaints.timeline("old-1")).items)
    print(`  ${event.at} ${event.actor.id}: ${words.label("events", event.type, "en")} (recorded ${event.recordedAt})`);
  print(
    `Open after the import: ${unwrap(await desk.complaints.find({ where: { phase: "open" } })).items.map((c) => c.id)}`,
  );
}

await runIfStarted(import.meta.url, main);
