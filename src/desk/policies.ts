import type { Actor } from "../kernel/context.js";
import { type Instant, isInstant } from "../kernel/instant.js";
import type { Policy, PolicyKind } from "../kernel/policy.js";
import { type Issue, type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import { policyRecord } from "../rules/index.js";
import { readActor } from "./commands.js";
import { doorsOf, type House, orStop, readable, refusalOf, Stop, settled, wrong } from "./house.js";
import { observed } from "./observe.js";
import { reindex } from "./reindex.js";
import { contextFor, save } from "./save.js";

export interface Adopting {
  readonly actor?: Actor;
  /** Whether wake-ups are rebuilt at once; `true` unless said. */
  readonly reindex?: boolean;
}

/** The policies of one tenant. */
export interface Policies {
  /**
   * Takes a policy version into the tenant's book. The same version again changes nothing; the same id and version
   * with other content is refused (`VERSION_TAKEN`), as is a kind that is not installed (`UNKNOWN_POLICY`), data that
   * does not fit (`INVALID_INPUT`) or that names something unknown (`UNKNOWN_REFERENCE`): a token, or a policy that the
   * book has no version of, such as a calendar. A policy that times are counted by (service levels, calendars,
   * deadlines) moves when records wake: the tenant's wake-ups are then rebuilt before the answer, unless `reindex` is
   * `false` because the host does it later. Should that be broken off, adopting the version again takes it up.
   */
  readonly adopt: (policy: Policy, by?: Adopting) => Promise<Result<Policy>>;
  /** The version in force at an instant; now, where none is said. `NO_POLICY` where there is none. */
  readonly inForce: (kind: string, at?: Instant) => Promise<Result<Policy>>;
}

const host: Actor = { kind: "system", id: "host" };

export const policiesOf = <Tx>(house: House<Tx>, tenant: string): Policies => ({
  adopt: (value, by) =>
    observed(house.observe, "policies.adopt", tenant, async () => {
      const adopted = await adopt(house, tenant, value, by);
      if (!adopted.ok || by?.reindex === false || !kindOf(house, adopted.value)?.["~def"].moves) return adopted;
      const indexed = await reindex(house, tenant);
      return indexed.ok ? adopted : indexed;
    }),
  inForce: (kind, at) => observed(house.observe, "policies.inForce", tenant, () => inForce(house, tenant, kind, at)),
});

const kindOf = <Tx>(house: House<Tx>, { kind }: Policy): PolicyKind | undefined =>
  house.rules.installed("policy", kind) as PolicyKind | undefined;

async function adopt<Tx>(
  house: House<Tx>,
  tenant: string,
  value: Policy,
  by: Adopting | undefined,
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
    for (const named of kindOf(house, policy)?.["~def"].policies?.(policy.body as never) ?? [])
      if (context.book.inForce(named.kind, policy.from, named.id) === undefined)
        throw new Stop({ code: "UNKNOWN_REFERENCE", subject: `policy ${named.kind}/${named.id}` });
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
