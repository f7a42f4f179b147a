import { type Actor, type AnyRecord, coreLabels, labelCatalogue, type Refusal, type ServiceDesk } from "clientele";

/** What the apps need. They join no transaction of the host, so whose store it is does not matter to them. */
export type Desk = ServiceDesk<readonly [], any>;

// #region status
/** One status for each refusal code: a code without one does not compile. */
export const statusOf: Readonly<Record<Refusal["code"], number>> = {
  NOT_FOUND: 404,
  UNKNOWN_KIND: 404,
  NOT_PERMITTED: 403,
  // The record, or the key, is not what the caller believes.
  ALREADY_EXISTS: 409,
  COMMAND_REUSED: 409,
  CONFLICT: 409,
  NOTHING_TO_RETURN_TO: 409,
  VERSION_TAKEN: 409,
  WRONG_STATE: 409,
  // The request is understood and cannot be met.
  BACKDATED: 422,
  BEYOND_HORIZON: 422,
  CURRENCY_MISMATCH: 422,
  DENIED: 422,
  INVALID_INPUT: 422,
  IN_THE_FUTURE: 422,
  MONEY_OVERFLOW: 422,
  NO_POLICY: 422,
  REACTION_REFUSED: 422,
  UNKNOWN_COMMAND: 422,
  UNKNOWN_POLICY: 422,
  UNKNOWN_REFERENCE: 422,
  // What is stored, or what is installed, is at fault; the caller is not.
  INVALID_CONTEXT: 500,
  INVALID_EVENT: 500,
  INVALID_RECORD: 500,
  NOT_OPENED: 500,
  OTHER_REVISION: 500,
  OUT_OF_ORDER: 500,
  PLUGIN_FAULT: 500,
  TIMELINE_NEEDED: 500,
  UNKNOWN_SLOT: 500,
  UNKNOWN_STATE: 500,
};
// #endregion status

/** What a request says beside its body. */
export interface Said {
  readonly authorization?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly language?: string | undefined;
}

/** A "no" on its way out. */
export interface Problem {
  readonly status: number;
  readonly body: { readonly code: string; readonly reasons: readonly string[] };
}

const words = labelCatalogue(...coreLabels);

/** A refusal as a status and a body with every reason, in the reader's language. */
export function problemOf(refusal: Refusal, { ifMatch, language }: Said): Problem {
  const tongue = language?.toLowerCase().startsWith("zh") === true ? "zh-CN" : "en";
  // RFC 9110, section 13.1.1: a pin that does not hold any more is a failed precondition.
  const status = refusal.code === "CONFLICT" && ifMatch !== undefined ? 412 : statusOf[refusal.code];
  return { status, body: { code: refusal.code, reasons: words.reasons(refusal, tongue) } };
}

export const notSignedIn: Problem = { status: 401, body: { code: "NOT_SIGNED_IN", reasons: ["Who are you?"] } };

/** Stands for the host's own sign-in. */
const people: Readonly<Record<string, Actor>> = {
  "Bearer ann": { kind: "staff", id: "ann", roles: ["service"] },
  "Bearer mia": { kind: "staff", id: "mia", roles: ["service", "manager"] },
  "Bearer joy": { kind: "customer", id: "joy" },
  "Bearer al": { kind: "customer", id: "al" },
};
export const actorOf = ({ authorization = "" }: Said): Actor | undefined =>
  Object.hasOwn(people, authorization) ? people[authorization] : undefined;

/** The desk's reading doors ask no permit: whom a host shows what is its own to say. A customer sees their own cases. */
export const maySee = (actor: Actor, record: AnyRecord & { readonly customerId: string | null }): boolean =>
  actor.kind !== "customer" || record.customerId === actor.id;
export const notFound = (id: string): Refusal => ({ code: "NOT_FOUND", subject: id });

/** A key is the caller's own: two people who choose the same one must not meet. */
export const commandIdOf = (actor: Actor, { idempotencyKey }: Said): { readonly commandId?: string } =>
  idempotencyKey === undefined ? {} : { commandId: `${actor.kind}/${actor.id}/${idempotencyKey}` };

/** `"7"`, as `ETag` said it; what is not a version pins one that never holds. */
export const pinOf = ({ ifMatch }: Said): { readonly expectedVersion?: number } =>
  ifMatch === undefined || ifMatch === "*"
    ? {}
    : { expectedVersion: Number(/^"(\d{1,15})"$/.exec(ifMatch)?.[1] ?? -1) };
export const etagOf = (record: AnyRecord): string => `"${record.commandVersion}"`;
