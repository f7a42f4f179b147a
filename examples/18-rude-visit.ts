// A rude visit: a complaint about service that goes up three levels and might end up in the paper. What the rules call
// major is a manager's, somebody is sent at once, what was promised and broken goes up by itself, and the customer sees
// what is theirs to see.
import {
  complaintPolicy,
  createServiceDesk,
  type Instant,
  memoryStore,
  serviceLevels,
  unwrap,
  viewFor,
} from "clientele";
import { type Print, runIfStarted } from "./run.js";

const first = { version: 1, from: "2026-01-01T00:00:00.000Z" };
const house = complaintPolicy.version({
  id: "house",
  ...first,
  body: {
    major: [{ id: "media", media: true }],
    closing: ["responsibility", "acceptance"],
    disputeBody: "Consumer Arbitration Board, 12 High Street",
  },
});
const overdue = { id: "overdue", at: { percent: 100 }, escalates: true };
const levels = serviceLevels.version({
  id: "house",
  ...first,
  body: {
    targets: {
      complaint: [
        { clock: "visit", within: { elapsed: { hours: 4 } }, levels: [overdue] },
        { clock: "promise", within: { field: "promisedFor" }, levels: [overdue] },
      ],
    },
  },
});

export async function main(print: Print): Promise<void> {
  let now: Instant = "2026-03-02T09:00:00.000Z";
  const desk = createServiceDesk({ store: memoryStore(), clock: () => now, newId: () => "complaint-1" });
  const ann = { kind: "staff", id: "ann" } as const;
  const max = { kind: "staff", id: "max", roles: ["manager"] } as const;
  const joy = { kind: "customer", id: "joy" } as const;
  for (const policy of [house, levels]) unwrap(await desk.policies.adopt(policy));
  const input = {
    customerId: "joy",
    summary: "Your fitter shouted at my mother, and I filmed it.",
    channel: "social",
  } as const;
  const { id } = unwrap(await desk.complaints.open({ input, actor: joy }));
  type Command = Parameters<typeof desk.complaints.execute>[0]["command"];
  const does = async (command: Command, actor: typeof ann | typeof max | typeof joy = ann) => {
    const done = await desk.complaints.execute({ id, command, actor });
    const why = done.ok
      ? "done"
      : done.error.code === "DENIED"
        ? done.error.denials.map((d) => d.code).join()
        : done.error.code;
    print(`${actor.id}: ${command.type}: ${why}`);
  };
  const level = async () => print(`  level ${unwrap(await desk.complaints.get(id)).level}`);

  await does({ type: "acknowledge", input: { channel: "social" } });
  await does({ type: "assign", input: { ownerId: "ann" } });
  await does({ type: "assess", input: { nature: "service", impact: 1, urgency: 1, media: true, scope: "general" } });
  await does({ type: "assess", input: { nature: "service", impact: 1, urgency: 1, media: true } });
  const { scope, priority } = unwrap(await desk.complaints.get(id));
  print(`  ${scope}, priority ${priority}`);

  // On site first: limit the damage. Nobody goes in time, and the complaint goes up by itself.
  await does({ type: "dispatch", input: { to: "joy's mother" } });
  now = "2026-03-02T14:00:00.000Z";
  await desk.sweep();
  await level();
  await does({ type: "visit", input: { text: "Brought flowers; she is shaken." } });
  const promise = { for: "2026-03-03T12:00:00.000Z", channel: "phone", text: "By noon you know what we do." } as const;
  await does({ type: "promise", input: promise });
  now = "2026-03-03T13:00:00.000Z";
  await desk.sweep();
  await level();

  const offer = {
    remedy: "accountability",
    message: "He visits nobody alone any more.",
    also: [{ remedy: "apology" }],
  } as const;
  await does({ type: "propose", input: offer });
  await does({ type: "propose", input: offer }, max);
  await does({ type: "decline", input: { reason: "He should say so himself." } }, joy);
  await does({ type: "propose", input: { remedy: "apology", message: "He comes and apologises." } }, max);
  await does({ type: "accept" }, joy);
  await does({ type: "resolve", input: { outcome: "He did" } });
  const shares = [
    { of: "person", id: "fitter-3", percent: 70 },
    { of: "department", id: "planning", percent: 30 },
  ] as const;
  await does({ type: "find", input: { cause: "time pressure", shares } });
  await does({ type: "resolve", input: { outcome: "He did" } });
  await does({ type: "answer", input: { channel: "letter", text: "Thank you for telling us." } });
  await does({ type: "confirm" }, joy);

  const { items } = unwrap(await desk.complaints.timeline(id, { limit: 100 }));
  const reply = items.find((event) => event.type === "complaint.answered");
  print(`names: ${reply?.type === "complaint.answered" ? reply.data.disputeBody : "nobody"}`);
  const record = unwrap(await desk.complaints.get(id));
  print(`joy sees: ${JSON.stringify(viewFor(joy, record)?.shares)}; the house: ${record.shares?.length} shares`);
}

await runIfStarted(import.meta.url, main);
