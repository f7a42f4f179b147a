import type { Actor } from "../kernel/context.js";
import type { Instant } from "../kernel/instant.js";
import type { Policy } from "../kernel/policy.js";
import { type Result, refuse } from "../kernel/result.js";
import { policyRecord } from "../rules/index.js";
import { doorsOf, type House, orStop, Stop, settled } from "./house.js";
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
  adopt: async (value, { actor = host } = {}) => {
    const read = house.rules.readPolicy(value);
    if (!read.ok) return read;
    const policy = read.value;
    const id = `${policy.kind}/${policy.id}/${policy.version}`;
    return settled(house, { tenant }, id, async (unit) => {
      const known = (await unit.of(policyRecord.id).get(id)) as unknown as { readonly policy?: Policy } | undefined;
      if (known?.policy?.hash === policy.hash) return policy;
      if (known !== undefined) throw new Stop({ code: "VERSION_TAKEN", subject: id });
      const context = await contextFor(house, unit, actor, policyRecord.id, id, 0);
      const decided = orStop(doorsOf(house, policyRecord.id).open({ id, input: { policy } }, context));
      await save(house, unit, policyRecord.id, 0, decided, context, context.now);
      return policy;
    });
  },
  inForce: async (kind, at) => {
    const book = await house.store.transaction((unit) => house.books(unit), { tenant });
    const policy = book.inForce(kind, at ?? house.clock());
    return policy === undefined ? refuse({ code: "NO_POLICY", subject: String(kind) }) : { ok: true, value: policy };
  },
});
