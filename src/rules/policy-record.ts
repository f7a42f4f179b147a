import * as z from "zod/mini";
import type { Policy } from "../kernel/policy.js";
import { type $ZodType, trusted } from "../kernel/schema.js";
import { type RecordKind, recordKind } from "../lifecycle/record-kind.js";
import type { Permit, State } from "../lifecycle/tokens.js";

/** What is stored of a policy: the version itself, whole, under names that no record head uses. */
export interface PolicyFields {
  readonly policy: Policy;
}

/** A policy version as a record: adopted once, never changed, found and delivered like any other. */
export const policyRecord: RecordKind<"policy", PolicyFields, PolicyFields> = recordKind("policy", {
  revision: 1,
  initial: "adopted",
  schema: z.object({ policy: trusted<Policy>() }) as unknown as $ZodType<PolicyFields, PolicyFields>,
});
export const policyStates: State<"policy", "adopted"> = policyRecord.state("adopted", { phase: "closed" });
/** Which of its staff may call `policies.adopt` is the host's to decide; a customer never. */
export const policyPermit: Permit<"policy", "adopting"> = policyRecord.permit("adopting", {
  actors: ["staff", "system"],
  opens: true,
  commands: [],
});
