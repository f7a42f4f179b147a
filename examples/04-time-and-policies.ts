// How long a record may rest in a state is a policy: data with versions. The version in force when it entered the state
// holds for that stay, and what time causes is dated when it was due, however late the sweep.
import {
  type Actor,
  coreLabels,
  createServiceDesk,
  deadlines,
  labelCatalogue,
  memoryStore,
  type Policy,
  unwrap,
} from "clientele";
import { type Print, runIfStarted } from "./run.js";

const ann: Actor = { kind: "staff", id: "ann" };

export async function main(print: Print): Promise<void> {
  let now = "2026-03-02T09:00:00.000Z";
  let minted = 0;
  const desk = createServiceDesk({ store: memoryStore(), clock: () => now, newId: () => `complaint-${++minted}` });
  const words = labelCatalogue(...coreLabels);
  const open = async (summary: string) =>
    unwrap(await desk.complaints.open({ input: { customerId: "c-7", summary }, actor: ann })).id;
  const lapsesOf = async (id: string) => {
    for (const event of unwrap(await desk.complaints.timeline(id)).items)
      if (event.actor.id === "clock")
        print(`  ${id}: ${event.at} ${words.label("events", event.type, "en")} (recorded ${event.recordedAt})`);
  };
  const sweep = async () => print(`${now} sweep: ${(await desk.sweep()).swept} changed by time`);
  const adopt = async (policy: Policy) => {
    const adopted = await desk.policies.adopt(policy);
    const answer = adopted.ok ? "adopted" : words.reasons(adopted.error, "en").join(" ");
    print(`${policy.id} version ${policy.version}, from ${policy.from}: ${answer}`);
  };

  // Under the core's own deadlines a complaint may rest for a week.
  const first = await open("The fridge does not cool");

  const from = "2026-03-02T12:00:00.000Z";
  const within = (hours: number) => ({ complaint: { received: { hours } } });
  await adopt(deadlines.version({ id: "strict", version: 1, from, body: within(4) }));
  // The same again changes nothing; other content under the same version, or a state that nobody knows, is refused.
  await adopt(deadlines.version({ id: "strict", version: 1, from, body: within(4) }));
  await adopt(deadlines.version({ id: "strict", version: 1, from, body: within(5) }));
  await adopt(deadlines.version({ id: "strict", version: 2, from, body: { complaint: { recieved: { hours: 4 } } } }));

  now = "2026-03-02T13:00:00.000Z";
  const second = await open("The freezer does not freeze");

  now = "2026-03-03T08:00:00.000Z";
  await sweep();
  await lapsesOf(first);
  await lapsesOf(second);

  // A version that reaches back to before the first complaint: its deadline moves, and its wake-up with it.
  const midnight = "2026-03-02T00:00:00.000Z";
  await adopt(deadlines.version({ id: "stricter", version: 1, from: midnight, body: within(20) }));
  await sweep();
  await lapsesOf(first);
}

await runIfStarted(import.meta.url, main);
