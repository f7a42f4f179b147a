// #region quick-start
import { coreLabels, createServiceDesk, labelCatalogue, memoryStore, unwrap } from "clientele";

let now = "2026-03-02T09:00:00.000Z";
const desk = createServiceDesk({ store: memoryStore(), zone: "Asia/Shanghai", clock: () => now });
const words = labelCatalogue(...coreLabels);
const ann = { kind: "staff", id: "ann" } as const;

const input = { customerId: "c-7", summary: "The fridge does not cool", channel: "phone" } as const;
const { id } = unwrap(await desk.complaints.open({ input, actor: ann }));
const can = unwrap(await desk.complaints.available(id, ann)).filter((one) => one.allowed !== false);
console.log(can.map((one) => words.label("commands", `complaint/${one.command}`, "en")).join(" | "));

const handOver = { type: "hand_over", input: { to: "bob", reason: "Ann is on leave" } } as const;
const refused = await desk.complaints.execute({ id, command: handOver, actor: ann });
if (!refused.ok) console.log(words.reasons(refused.error, "en").join(" "));

now = "2026-03-05T09:00:00.000Z"; // For two days nobody has told the customer that it came: time escalates it.
await desk.sweep();
unwrap(await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann }));
for (const event of unwrap(await desk.complaints.timeline(id)).items)
  console.log(event.at, words.label("events", event.type, "en"), `(${event.actor.id})`);
// #endregion quick-start
