// A plugin at work: a state, commands, a slot, a guard and a permit of its own, beside those of the core.
import {
  type Actor,
  coreLabels,
  createServiceDesk,
  createServiceRules,
  type InferCommand,
  labelCatalogue,
  memoryStore,
  unwrap,
} from "clientele";
import { legal, legalCase } from "./plugins/legal.js";
import { type Print, runIfStarted } from "./run.js";

const ann: Actor = { kind: "staff", id: "ann", roles: ["service"] };
const counsel: Actor = { kind: "staff", id: "carla", roles: ["counsel"] };
const customer: Actor = { kind: "customer", id: "c-7" };

export async function main(print: Print): Promise<void> {
  let now = "2026-03-02T09:00:00.000Z";
  const rules = createServiceRules({ plugins: [legal] });
  const desk = createServiceDesk({ rules, store: memoryStore(), clock: () => now });
  const words = labelCatalogue(...coreLabels, legal.labels);

  const input = { customerId: "c-7", summary: "The heater caught fire" };
  const { id } = unwrap(await desk.complaints.open({ input, actor: ann }));

  // The commands of a plugin are typed like those of the core: a wrong name or input does not compile.
  const give = async (actor: Actor, command: InferCommand<typeof rules, "complaint">) => {
    const done = await desk.complaints.execute({ id, actor, command });
    const label = words.label("commands", `complaint/${command.type}`, "en");
    const answer = done.ok ? "done" : `refused. ${words.reasons(done.error, "en").join(" ")}`;
    print(`${actor.id}: ${label}: ${answer}`);
  };
  const show = async () => {
    const record = unwrap(await desk.complaints.get(id));
    const caseRef = legalCase.read(record)?.caseRef ?? "none";
    print(`  state: ${words.label("states", `complaint/${record.state}`, "en")}; legal case: ${caseRef}`);
  };

  await give(ann, { type: "acknowledge" });
  await give(ann, { type: "assess", input: { nature: "product", scope: "major", severity: "normal" } });
  await give(counsel, { type: "legal.place_hold", input: { caseRef: "HD-104" } });
  await give(ann, { type: "reassess", input: { nature: "product", scope: "major", severity: "critical" } });
  await give(ann, { type: "legal.place_hold", input: { caseRef: "HD-104" } });
  await give(counsel, { type: "legal.place_hold", input: { caseRef: "104" } });

  now = "2026-03-03T09:00:00.000Z";
  await give(counsel, { type: "legal.place_hold", input: { caseRef: "HD-104" } });
  await show();
  await give(customer, { type: "withdraw" });

  // Twenty days on hold use up nothing of the week that an assessed complaint may rest.
  now = "2026-03-23T09:00:00.000Z";
  await give(counsel, { type: "legal.release" });
  await show();
  now = "2026-03-29T08:59:00.000Z";
  print(`  swept a minute before the deadline: ${(await desk.sweep()).swept}`);
  now = "2026-03-29T09:00:00.000Z";
  print(`  swept at the deadline: ${(await desk.sweep()).swept}`);
  await give(customer, { type: "withdraw" });
  await show();
}

await runIfStarted(import.meta.url, main);
