import type { Actor, Context } from "../kernel/context.js";
import { toMs } from "../kernel/instant.js";
import type { Head } from "../kernel/record.js";
import { deny, type Verdict } from "../kernel/result.js";
import type { Installed } from "../kernel/token.js";
import { assessmentOf, type Seen } from "./assessment.js";
import { isWithin, limitsOf } from "./authority.js";
import { approvalsFor, type Offer } from "./ledger.js";
import type { ComplaintFields, Findings } from "./model.js";
import { bodyInForce, branch } from "./policy.js";
import { coreRemedies, most, type Remedy } from "./vocabulary.js";

// What more than one command asks, or what only a policy can say.

interface Asked {
  readonly record: ComplaintFields;
  readonly actor: Actor;
  readonly context: Context;
  readonly installed: Installed;
}
const isManager = ({ roles }: Actor): boolean => roles?.includes("manager") === true;

/** The category is one of the tree, and of this nature; only a manager makes general what the rules call major. */
export function mayAssess({ input, record, actor, context }: Asked & { readonly input: Seen }): Verdict {
  const body = bodyInForce(context);
  const { category, nature, impact, urgency, severity, scope } = input;
  if (severity === undefined && (impact === undefined || urgency === undefined)) return deny("SEVERITY_NEEDED");
  if (category !== undefined && body.categories !== undefined) {
    const line = branch(body.categories, category);
    if (line.length === 0) return deny("UNKNOWN_CATEGORY", category);
    const own = line.find((node) => node.nature !== undefined)?.nature;
    if (own !== undefined && own !== nature) return deny("OTHER_NATURE", own);
  }
  const asks = scope === "general" && body.major !== undefined;
  const ruled = asks ? assessmentOf(body, record, { ...input, scope: undefined }).major : undefined;
  return ruled === undefined || isManager(actor) || deny("MAJOR_BY_RULE", ruled.join(", "));
}

/** Whether the actor may grant anything at all, by own limits or by somebody's approval. */
export function mayDecide({ record, actor, context }: Asked): Verdict {
  if (limitsOf(context, actor, record).length > 0 || approvalsOf(record).length > 0) return true;
  return deny(record.scope === "major" ? "MAJOR_NEEDS_MANAGER" : "BEYOND_AUTHORITY");
}
const approvalsOf = ({ remedies = [] }: ComplaintFields) => remedies.filter((one) => one.status === "approved");

/** Whether the actor may grant just this; who may grant nothing has been told already. */
export function mayOffer(asked: Asked, offers: readonly Offer[]): Verdict {
  const { record, actor, context, installed } = asked;
  const limits = limitsOf(context, actor, record);
  if (limits.length === 0 && approvalsOf(record).length === 0) return true;
  if ((record.remedies ?? []).length + offers.length > most.remedies) return deny("TOO_MANY_REMEDIES");
  const strange = offers.find(({ remedy }) => !isKnown(remedy, installed));
  if (strange !== undefined) return deny("UNKNOWN_REMEDY", strange.remedy);
  const approvals = approvalsFor(record, offers, (one) => !isWithin(limits, one));
  const beyond = offers.find((one, place) => approvals[place] === undefined && !isWithin(limits, one));
  return beyond === undefined || deny("BEYOND_AUTHORITY", beyond.remedy);
}
/** The approvals that the actor's offers use up. */
export function approvalsUsed({ record, actor, context }: Omit<Asked, "installed">, offers: readonly Offer[]) {
  const limits = limitsOf(context, actor, record);
  return approvalsFor(record, offers, (one) => !isWithin(limits, one));
}

export const isKnown = (remedy: Remedy, installed: Installed): boolean =>
  (coreRemedies as readonly string[]).includes(remedy) || installed("remedy", remedy) !== undefined;

/** The causes are of the tree, each of its own kind, and the shares are the whole. */
export function mayFind({ input, context }: { readonly input: Findings; readonly context: Context }): Verdict {
  const { causes } = bodyInForce(context);
  const { cause, escape: escaped, shares } = input;
  const isOf = (id: string | undefined, why: string) =>
    id === undefined || causes === undefined || causes.some((node) => node.id === id && node.why === why);
  if (!isOf(cause, "occurrence")) return deny("UNKNOWN_CAUSE", cause);
  if (!isOf(escaped, "escape")) return deny("UNKNOWN_CAUSE", escaped);
  if (shares === undefined || shares.length === 0) return true;
  const sum = shares.reduce((total, one) => total + one.percent, 0);
  const isTwice = new Set(shares.map(({ of, id }) => JSON.stringify([of, id]))).size < shares.length;
  return (sum === 100 && !isTwice) || deny("SHARES_NOT_WHOLE", `${sum} %`);
}

/** A complaint to whose proposal nobody may have answered. */
export type Silent = Pick<Head, "stay" | "clocks">;
/**
 * What the customer's silence means, once it has lasted through the reminders that the policy wants. Who has written
 * since and waits for our answer is not silent.
 */
export function silenceOf({ stay, clocks }: Silent, context: Context): "acceptance" | "closing" | undefined {
  const { silence } = bodyInForce(context);
  const asked = clocks?.["next_response"];
  const isWaiting = asked !== undefined && asked.waiting !== null && asked.stoppedAt === null;
  return silence === undefined || isWaiting || stay.lapses <= silence.reminders ? undefined : silence.means;
}

const dayMs = 86_400_000;
/** A complaint that went on in another is reopened there. */
export function mayReopen({
  record,
  context,
}: {
  readonly record: ComplaintFields & Pick<Head, "stay">;
  readonly context: Context;
}): Verdict {
  if (record.mergedInto !== undefined) return deny("MERGED", record.mergedInto);
  const { reopenDays } = bodyInForce(context);
  return (
    reopenDays === undefined ||
    toMs(context.now) <= toMs(record.stay.enteredAt) + reopenDays * dayMs ||
    deny("REOPEN_WINDOW_OVER")
  );
}
