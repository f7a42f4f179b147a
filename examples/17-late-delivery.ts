// A late delivery: a complaint about logistics. The carrier is asked, a holding reply promises an answer, responsibility
// is divided, the remedies come from the wish, and what was granted is set against what was asked.
import { complaintPolicy, createServiceDesk, gapOf, type Instant, memoryStore, rankRemedies, unwrap } from "clientele";
import { type Print, runIfStarted } from "./run.js";

const eur = (amount: number) => ({ amount, currency: "EUR" });
const told = ({ amount, currency }: { amount: number; currency: string }) => `${(amount / 100).toFixed(2)} ${currency}`;

const house = complaintPolicy.version({
  id: "house",
  version: 1,
  from: "2026-01-01T00:00:00.000Z",
  body: {
    categories: [
      { id: "delivery", nature: "logistics" },
      { id: "late", parent: "delivery" },
    ],
    causes: [
      { id: "transport", why: "occurrence" },
      { id: "wrong depot", parent: "transport", why: "occurrence" },
      { id: "no tracking alert", why: "escape" },
    ],
    closing: ["cause", "responsibility", "remedy"],
  },
});

export async function main(print: Print): Promise<void> {
  let now: Instant = "2026-03-02T09:00:00.000Z";
  const desk = createServiceDesk({ store: memoryStore(), clock: () => now, newId: () => "complaint-1" });
  const ann = { kind: "staff", id: "ann" } as const;
  const joy = { kind: "customer", id: "joy" } as const;
  unwrap(await desk.policies.adopt(house));
  const input = {
    customerId: "joy",
    orderId: "o-5",
    summary: "The wardrobe was to come on Friday. I took a day off.",
    channel: "phone",
    wanted: { remedy: "compensation", amount: eur(12_000) },
  } as const;
  const { id } = unwrap(await desk.complaints.open({ input, actor: joy }));
  type Command = Parameters<typeof desk.complaints.execute>[0]["command"];
  const does = async (command: Command, actor: typeof ann | typeof joy = ann) => {
    const done = await desk.complaints.execute({ id, command, actor });
    print(`${actor.id}: ${command.type}: ${done.ok ? "done" : done.error.code}`);
    return done;
  };

  await does({ type: "acknowledge", input: { channel: "phone" } });
  await does({ type: "assess", input: { nature: "logistics", category: "late", impact: 2, urgency: 1 } });
  await does({ type: "assign", input: { ownerId: "ann", department: "service" } });
  // #region promise
  const promise = { for: "2026-03-03T09:00:00.000Z", channel: "phone", text: "We call tomorrow morning." } as const;
  await does({ type: "promise", input: promise });
  await does({ type: "wait_for_third_party", input: { party: "the carrier", question: "Where is it?" } });
  now = "2026-03-02T15:00:00.000Z";
  await does({ type: "resume" });
  await does({ type: "contact", input: { direction: "out", channel: "phone", text: "It stands in Kassel." } });
  const promised = unwrap(await desk.complaints.clocks(id)).find((one) => one.clock === "promise");
  print(`promised for ${promised?.due}: ${promised?.verdict}`);
  // #endregion promise

  await does({
    type: "find",
    input: {
      cause: "wrong depot",
      escape: "no tracking alert",
      whys: ["It was sorted to Kassel", "The label was read by hand", "The scanner was down"],
      shares: [
        { of: "supplier", id: "carrier", percent: 80 },
        { of: "department", id: "dispatch", percent: 20 },
      ],
    },
  });
  const { wanted } = unwrap(await desk.complaints.get(id));
  const [best, second] = rankRemedies(wanted, [
    { remedy: "refund", amount: eur(39_900) },
    { remedy: "compensation", amount: eur(9_000) },
    { remedy: "redelivery", cost: eur(4_500) },
  ]).map((one) => one.offer);
  print(`first: ${best?.remedy}, then: ${second?.remedy}`);
  const offer = {
    remedy: "compensation",
    amount: eur(9_000),
    also: [{ remedy: "redelivery", cost: eur(4_500) }],
  } as const;
  await does({ type: "propose", input: { ...offer, message: "90 euros, and it comes tomorrow." } });
  await does({ type: "accept" }, joy);
  await does({ type: "carry_out", input: { id: "r2", cost: eur(4_500) } });
  await does({ type: "resolve", input: { outcome: "Delivered and paid" } });
  await does({ type: "confirm" }, joy);

  const closed = unwrap(await desk.complaints.get(id));
  for (const one of closed.remedies ?? []) print(`${one.id} ${one.remedy}: ${one.status}`);
  const { missing } = gapOf(closed);
  print(`asked ${told(eur(12_000))}, short by ${missing === null ? "nothing" : told(missing)}`);
  print(`${closed.state}; ${closed.shares?.map((one) => `${one.id} ${one.percent} %`).join(", ")}`);
}

await runIfStarted(import.meta.url, main);
