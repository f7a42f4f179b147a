// A fridge that does not cool: a complaint about a product, a repair and a compensation within the limits of who grants
// it, and the corrective action that removes the cause. It is closed only when later complaints show that it worked.
import { authorityLimits, createServiceDesk, effectOf, type Instant, memoryStore, unwrap } from "clientele";
import { type Print, runIfStarted } from "./run.js";

const eur = (amount: number) => ({ amount, currency: "EUR" });
const limits = authorityLimits.version({
  id: "house",
  version: 1,
  from: "2026-01-01T00:00:00.000Z",
  body: {
    limits: [
      { id: "contact", scopes: ["general"], remedies: ["repair", "apology"] },
      { id: "goodwill", scopes: ["general"], remedies: ["compensation"], upTo: [eur(3_000)] },
      { id: "manager", roles: ["manager"] },
    ],
  },
});
const ann = { kind: "staff", id: "ann" } as const;
const max = { kind: "staff", id: "max", roles: ["manager"] } as const;
const quinn = { kind: "staff", id: "quinn" } as const;

export async function main(print: Print): Promise<void> {
  let now: Instant = "2026-03-02T09:00:00.000Z";
  let made = 0;
  const desk = createServiceDesk({ store: memoryStore(), clock: () => now, newId: () => `id-${++made}` });
  unwrap(await desk.policies.adopt(limits));
  type Command = Parameters<typeof desk.complaints.execute>[0]["command"];

  /** One complaint from its opening to the customer's satisfaction. */
  const settled = async (customerId: string, cause: string): Promise<string> => {
    const joy = { kind: "customer", id: customerId } as const;
    const input = { customerId, summary: "The fridge does not cool", subject: "fridge-9" } as const;
    const { id } = unwrap(await desk.complaints.open({ input, actor: joy }));
    const does = async (command: Command, actor: typeof ann | typeof max | typeof joy = ann) => {
      const done = await desk.complaints.execute({ id, command, actor });
      if (!done.ok && done.error.code === "DENIED")
        print(`${actor.id} may not ${command.type}: ${done.error.denials.map((d) => d.code).join()}`);
    };
    await does({ type: "acknowledge" });
    await does({ type: "assess", input: { nature: "product", impact: 2, urgency: 1 } });
    await does({ type: "find", input: { cause, escape: "no end test", evidence: ["photos/seal.jpg"] } });
    // #region limits
    const compensation = { remedy: "compensation", amount: eur(5_000) } as const;
    const offer = {
      remedy: "repair",
      cost: eur(8_000),
      message: "We mend it on Monday.",
      also: [compensation],
    } as const;
    await does({ type: "propose", input: offer });
    await does({ type: "approve", input: { offers: [compensation] } }, max);
    await does({ type: "propose", input: offer });
    // #endregion limits
    await does({ type: "accept" }, joy);
    await does({ type: "resolve", input: { outcome: "A new seal, and 50 euros" } });
    await does({ type: "confirm" }, joy);
    const { state, remedies } = unwrap(await desk.complaints.get(id));
    print(`${id}: ${state}; ${remedies?.map((one) => `${one.remedy} ${one.status} (${one.by})`).join(", ")}`);
    return id;
  };
  const complaintIds = [await settled("joy", "seal"), await settled("al", "seal")];

  // #region capa
  const capa = desk.correctiveActions;
  const opening = { problem: "Seals of fridge-9 come loose", complaintIds, cause: "seal", ownerId: "quinn" };
  const { id } = unwrap(await capa.open({ input: opening, actor: quinn }));
  type Step = Parameters<typeof capa.execute>[0]["command"];
  const takes = async (command: Step, actor: typeof quinn | typeof ann = quinn) => {
    const done = await capa.execute({ id, command, actor });
    const why = done.ok
      ? "done"
      : done.error.code === "DENIED"
        ? done.error.denials.map((d) => d.code).join()
        : done.error.code;
    print(`${actor.id}: ${command.type}: ${why}`);
  };
  await takes({ type: "contain", input: { what: "Fridges in the warehouse are looked at one by one" } });
  const whys = ["The seal comes loose", "The glue is too cold", "The store of the glue is not heated"];
  await takes({ type: "analyse", input: { whys, cause: "seal", escape: "no end test" } });
  const heat = {
    id: "heat",
    kind: "corrective",
    what: "Heat the store",
    ownerId: "bo",
    dueAt: "2026-03-20T12:00:00.000Z",
  } as const;
  await takes({ type: "plan_action", input: heat });
  await takes({ type: "submit", input: { days: 30, allowed: 0 } });
  await takes({ type: "verify", input: { method: "Twenty seals glued warm, none came loose" } });
  await takes({ type: "verify", input: { method: "Twenty seals glued warm, none came loose" } }, ann);
  now = "2026-03-18T09:00:00.000Z";
  await takes({ type: "complete", input: { id: "heat" } });
  await takes({ type: "implement" });
  await takes({ type: "pass_check", input: { later: [] } });

  // Somebody complains of the same again: the check counts, and the action goes back to the cause.
  now = "2026-04-01T09:00:00.000Z";
  await settled("bea", "seal");
  now = "2026-04-20T09:00:00.000Z";
  const about = unwrap(await desk.complaints.find({ where: { cause: "seal" } })).items.map((one) => ({
    id: one.id,
    cause: one.cause ?? null,
    receivedAt: one.openedAt,
    mergedInto: one.mergedInto,
  }));
  const effect = effectOf(unwrap(await capa.get(id)), about);
  print(`before ${effect?.before}, after ${effect?.after}: ${effect?.effective ? "effective" : "not effective"}`);
  await takes({ type: "pass_check", input: { later: effect?.later ?? [] } });
  await takes({ type: "fail_check", input: { later: effect?.later ?? [] } });
  const { state, round } = unwrap(await capa.get(id));
  print(`${state}, round ${round}`);
  // #endregion capa
}

await runIfStarted(import.meta.url, main);
