// People can be forgotten: their words are sealed with a key of their own. Erasing destroys the key; every log can still
// be replayed.
import { type Actor, canonical, createServiceDesk, isErased, memoryStore, unwrap } from "clientele";
import { type Print, runIfStarted } from "./run.js";

const ann: Actor = { kind: "staff", id: "ann" };

export async function main(print: Print): Promise<void> {
  let now = "2026-03-02T09:00:00.000Z";
  let minted = 0;
  const store = memoryStore();
  const desk = createServiceDesk({ store, clock: () => now, newId: () => `complaint-${++minted}` });
  const open = async (customerId: string, summary: string) =>
    unwrap(await desk.complaints.open({ input: { customerId, summary }, actor: ann })).id;
  const shown = (text: unknown) => (isErased(text) ? "(erased)" : JSON.stringify(text));

  const joys = await open("joy", "My neighbour Al heard the fridge explode");
  const als = await open("al", "The fridge of my neighbour exploded");
  const said = { type: "contact", input: { direction: "in", channel: "phone", text: "Call me on 555-0100" } } as const;
  unwrap(await desk.complaints.execute({ id: joys, command: said, actor: ann }));

  print("Everything that is kept of joy:");
  for await (const { record, events } of desk.people.export("joy")) {
    print(`  ${record.kind} ${record.id}, ${record.state}`);
    for (const event of events) print(`    ${event.type} ${JSON.stringify(event.data)}`);
  }

  now = "2026-03-03T09:00:00.000Z";
  unwrap(await desk.people.erase("joy"));
  print("Joy is erased.");
  const erased = unwrap(await desk.complaints.get(joys));
  print(`  joy's complaint: ${erased.state}, summary ${shown(erased.summary)}`);
  print(`  al's complaint: summary ${shown(unwrap(await desk.complaints.get(als)).summary)}`);
  const kept = [...store.dump().stored, ...store.dump().personal].join("\n");
  print(`  "555-0100" is kept somewhere: ${kept.includes("555-0100")}`);

  // The fold of the erased log is the erased record.
  const { rules } = desk;
  let replayed: Parameters<typeof rules.complaints.evolve>[0];
  for (const event of unwrap(await desk.complaints.timeline(joys)).items)
    replayed = unwrap(rules.complaints.evolve(replayed, event));
  print(`  replaying the log gives the stored record: ${canonical(replayed) === canonical(erased)}`);

  // Rules take an erased field as a value, so the case goes on.
  unwrap(await desk.complaints.execute({ id: joys, command: { type: "acknowledge" }, actor: ann }));
  print(`  and the case goes on: ${unwrap(await desk.complaints.get(joys)).state}`);
}

await runIfStarted(import.meta.url, main);
