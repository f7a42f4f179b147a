import type { Actor } from "../kernel/context.js";
import { type Instant, isInstant } from "../kernel/instant.js";
import type { Policy } from "../kernel/policy.js";
import { type Issue, type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import { policyRecord } from "../rules/index.js";
import { readActor } from "./commands.js";
import { doorsOf, type House, orStop, readable, refusalOf, Stop, settled, wrong } from "./house.js";
import { observed } from "./observe.js";
import { contextFor, save } from "./save.js";

/** The policies of one tenant. */
export interface Policies {
  /**
   * Takes a policy version into the tenant's book. The same version again changes nothing; the same id and version
   * with other content is refused (`VERSION_TAKEN`), as is a kind that is not installed (`UNKNOWN_POLICY`), data that
   * does not fit (`INVALID_INPUT`) or that names something unknown (`UNKNOWN_REFERENCE`). Call `reindex` afterwards:
   * wake-ups may have moved.
   */
  readonly adopt: (policy: Policy, by?: { readonly actor?: Actor }) => Promise<Result<Policy>>;
  /** The version in force at an instant; now, where none is said. `NO_POLICY` where there is none. */
  readonly inForce: (kind: string, at?: Instant) => Promise<Result<Policy>>;
}

const host: Actor = { kind: "system", id: "host" };

export const policiesOf = <Tx>(house: House<Tx>, tenant: string): Policies => ({
  adopt: (value, by) => observed(house.observe, "policies.adopt", tenant, () => adopt(house, tenant, value, by)),
  inForce: (kind, at) => observed(house.observe, "policies.inForce", tenant, () => inForce(house, tenant, kind, at)),
});

async function adopt<Tx>(
  house: House<Tx>,
  tenant: string,
  value: Policy,
  by: { readonly actor?: Actor } | undefined,
): Promise<Result<Policy>> {
  let actor: Actor;
  let policy: Policy;
  try {
    const issues: Issue[] = [];
    actor = readable(() => readActor(by?.actor ?? host, issues));
    if (issues.length > 0) return refuse({ code: "INVALID_INPUT", issues });
    policy = orStop(readable(() => house.rules.readPolicy(value)));
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === undefined) throw thrown;
    return refuse(refusal);
  }
  const id = `${policy.kind}/${policy.id}/${policy.version}`;
  return settled(house, { tenant }, id, async (unit) => {
    const known = (await unit.of(policyRecord.id).get(id)) as unknown as { readonly policy?: Policy } | undefined;
    if (known?.policy?.hash === policy.hash) return policy;
    if (known !== undefined) throw new Stop({ code: "VERSION_TAKEN", subject: id });
    const context = await contextFor(house, unit, actor, policyRecord.id, id, 0);
    const decided = orStop(doorsOf(house, policyRecord.id).open({ id, input: { policy } }, context));
    await save(house, unit, policyRecord.id, 0, decided, context);
    return policy;
  });
}

async function inForce<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  at: Instant = house.clock(),
): Promise<Result<Policy>> {
  if (!isInstant(at)) return refuse(wrong("at", `an instant is needed, found ${preview(at)}`));
  const book = await house.store.transaction((unit) => house.books(unit), { tenant });
  const policy = book.inForce(kind, at);
  const subject = typeof kind === "string" ? kind : preview(kind);
  return policy === undefined ? refuse({ code: "NO_POLICY", subject }) : { ok: true, value: policy };
}
