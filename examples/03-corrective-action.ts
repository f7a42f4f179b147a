// A second kind of record, brought by a plugin: a resolved complaint leaves a corrective action behind, in the same
// unit of work. Both are saved, or neither.
import { type Actor, createServiceDesk, createServiceRules, type InferCommand, memoryStore, unwrap } from "clientele";
import { action, corrective } from "./plugins/corrective.js";
import { type Print, runIfStarted } from "./run.js";

const ann: Actor = { kind: "staff", id: "ann", roles: ["service"] };
const quinn: Actor = { kind: "staff", id: "quinn", roles: ["quality"] };

export async function main(print: Print): Promise<void> {
  let now = "2026-03-02T09:00:00.000Z";
  const store = memoryStore();
  const rules = createServiceRules({ plugins: [corrective] });
  const desk = createServiceDesk({ rules, store, clock: () => now, newId: () => "complaint-1" });
  const actions = desk.of(action);
  const actionsOf = async (complaintId: string) => unwrap(await actions.find({ where: { complaintId } })).items;

  const input = { customerId: "c-7", summary: "The fridge does not cool" };
  const { id } = unwrap(await desk.complaints.open({ input, actor: ann }));
  const give = async (command: InferCommand<typeof rules, "complaint">) =>
    unwrap(await desk.complaints.execute({ id, command, actor: ann }));
  await give({ type: "acknowledge" });
  await give({ type: "assess", input: { nature: "product", scope: "general", severity: "high" } });
  await give({ type: "propose", input: { remedy: "repair", message: "We repair it on Friday." } });
  await give({ type: "accept", input: { words: "Good" } });
  const resolve = { type: "resolve", input: { outcome: "The compressor was replaced" } } as const;

  // The host's own transaction: the desk joins it, the host changes its mind, and nothing of either record remains.
  await store
    .transaction(
      async (unit) => {
        unwrap(await desk.complaints.execute({ id, command: resolve, actor: ann, join: unit.tx }));
        throw new Error("the warehouse has no compressor");
      },
      { tenant: "main" },
    )
    .catch((error: Error) => print(`rolled back: ${error.message}`));
  print(`complaint: ${unwrap(await desk.complaints.get(id)).state}; actions: ${(await actionsOf(id)).length}`);

  now = "2026-03-06T15:00:00.000Z";
  const { events } = await give(resolve);
  print(`resolved; ${events.length} events in one unit of work`);
  const [learnt] = await actionsOf(id);
  if (learnt === undefined) return;
  print(`complaint: ${unwrap(await desk.complaints.get(id)).state}; action: ${learnt.state}, "${learnt.what}"`);
  const opened = unwrap(await actions.timeline(learnt.id)).items[0];
  print(`caused by ${opened?.cause}; by ${opened?.actor.id}`);

  const early = await actions.execute({ id: learnt.id, command: { type: "capa.finish" }, actor: ann });
  print(`ann finishes it: ${early.ok ? "done" : early.error.code}`);
  unwrap(
    await actions.execute({ id: learnt.id, command: { type: "capa.progress", input: { percent: 60 } }, actor: quinn }),
  );
  unwrap(await actions.execute({ id: learnt.id, command: { type: "capa.finish" }, actor: quinn }));
  const finished = unwrap(await actions.get(learnt.id));
  print(`quinn finishes it: ${finished.state}, ${finished.percent} %`);
}

await runIfStarted(import.meta.url, main);
