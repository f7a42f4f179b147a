// Every event reaches every consumer at least once. A consumer that fails holds up nobody else, and a poisoned event
// halts its own stream only, until it is skipped.
import { type Actor, createServiceDesk, type Event, memoryStore, unwrap } from "clientele";
import { type Print, runIfStarted } from "./run.js";

const ann: Actor = { kind: "staff", id: "ann" };

export async function main(print: Print): Promise<void> {
  let minutes = 0;
  const clock = () => new Date(Date.UTC(2026, 2, 2, 9, minutes)).toISOString();
  let minted = 0;
  const desk = createServiceDesk({ store: memoryStore(), clock, newId: () => `complaint-${++minted}` });
  const open = async (customerId: string) =>
    unwrap(await desk.complaints.open({ input: { customerId, summary: "Too late" }, actor: ann })).id;
  const acknowledge = async (id: string) =>
    unwrap(await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann }));

  const one = await open("joy");
  const two = await open("no address");
  await acknowledge(one);
  await acknowledge(two);

  // A consumer must drop what it has seen: after a crash between publishing and settling, an event comes again.
  const seen = new Set<string>();
  const mail = (event: Event) => {
    if (seen.has(event.id)) return;
    if (event.type === "complaint.opened" && (event.data as { customerId?: string }).customerId === "no address")
      throw new Error("no address to write to");
    seen.add(event.id);
    print(`    mail: ${event.stream.id} ${event.type}`);
  };
  const relay = async () => {
    const mailed = await desk.relay({ consumer: "mail", publish: mail, attempts: 3 });
    const indexed = await desk.relay({ consumer: "search", publish: () => undefined });
    const { depth, halted } = await desk.deliveries.backlog("mail");
    print(
      `${clock().slice(11, 16)} mail: ${mailed.delivered} delivered, ${mailed.failed} failed, ${mailed.halted} halted; ` +
        `search: ${indexed.delivered} delivered; mail has ${depth} to go`,
    );
    return halted;
  };

  await relay();
  // Waiting grows with each failure; a minute is more than enough for the first two.
  minutes = 1;
  await relay();
  minutes = 2;
  const halted = await relay();
  for (const { stream, version, message } of halted) print(`halted: ${stream.id}, event ${version}: ${message}`);

  for (const { stream, version } of halted)
    print(`skipped: ${await desk.deliveries.skip({ consumer: "mail", stream, version })}`);
  minutes = 3;
  await relay();
}

await runIfStarted(import.meta.url, main);
