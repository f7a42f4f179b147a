import { nanoid } from "nanoid";
import type { Actor } from "../kernel/context.js";
import { ClienteleError } from "../kernel/errors.js";
import { type Instant, isInstant, toInstant } from "../kernel/instant.js";
import type { Result } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import { isZone } from "../kernel/zone.js";
import type { Store } from "../ports/store.js";
import {
  type Available,
  type ClockReading,
  type CommandOf,
  createServiceRules,
  type EventOf,
  type KindId,
  type OpenInputOf,
  type Plugin,
  type RecordKind,
  type RecordOf,
  type ServiceRules,
  type TokensOf,
} from "../rules/index.js";
import type { BatchItem, BatchOptions } from "./batch.js";
import { books } from "./books.js";
import { type Answer, type Done, type ExecuteRequest, execute, type OpenRequest, open } from "./commands.js";
import type { House } from "./house.js";
import { type ImportedCase, type ImportOptions, type ImportOutcome, importCases } from "./import.js";
import { type Observer, observed, observedEach } from "./observe.js";
import { given, optional, whole } from "./options.js";
import { type PeopleDesk, peopleOf } from "./people.js";
import { type PlanOptions, planAll } from "./plan-all.js";
import { type Policies, policiesOf } from "./policies.js";
import { available, clocks, type FindQuery, type Found, find, get, type TimelinePage, timeline } from "./reads.js";
import { type Rebuilt, rebuild } from "./rebuild.js";
import { regradeAll } from "./regrade-all.js";
import { type ReindexOptions, type ReindexReport, reindex } from "./reindex.js";
import { type Deliveries, deliveriesOf, type RelayOptions, type RelayReport, relay } from "./relay.js";
import { type SweepOptions, type SweepReport, sweep } from "./sweep.js";
import { turns } from "./turns.js";

/** The doors of one kind at a desk. Every answer is a `Result`; only a faulty store makes one throw. */
export interface KindDesk<T, K extends string, Tx> {
  /** Opens a record under a new id, which the receipt remembers. */
  readonly open: (request: OpenRequest<OpenInputOf<T, K>, Tx>) => Promise<Answer<Done>>;
  /** Brings the record to now and gives it a command; on a conflict decides again on fresh state. */
  readonly execute: (request: ExecuteRequest<CommandOf<T, K>, Tx>) => Promise<Answer<Done>>;
  readonly get: (id: string) => Promise<Result<RecordOf<T, K>>>;
  /** By `state`, `phase`, `openedAt`, `touchedAt` and the indexes that the kind declares; page by page. */
  readonly find: (query?: FindQuery) => Promise<Result<Found<RecordOf<T, K>>>>;
  /** What happened, in order, page by page. */
  readonly timeline: (id: string, page?: TimelinePage) => Promise<Result<TimelineOf<EventOf<T, K>>>>;
  /** What this actor may do with the record now. */
  readonly available: (
    id: string,
    actor: Actor,
  ) => Promise<Result<readonly Available<CommandOf<T, K>["type" & keyof CommandOf<T, K>] & string>[]>>;
  /** Every service clock of the record as it is now, with its intervals, and the versions it is held to. */
  readonly clocks: (id: string) => Promise<Result<readonly ClockReading[]>>;
  /** Makes the record anew from its events; answers whether it was lost or differed. */
  readonly rebuild: (id: string) => Promise<Result<Rebuilt>>;
  /** Takes existing cases in, with their dates. */
  readonly import: (
    cases:
      | Iterable<ImportedCase<OpenInputOf<T, K>, CommandOf<T, K>>>
      | AsyncIterable<ImportedCase<OpenInputOf<T, K>, CommandOf<T, K>>>,
    options?: ImportOptions,
  ) => AsyncIterable<ImportOutcome>;
}
export interface TimelineOf<E> {
  readonly items: readonly E[];
  /** The version after which the next page begins. */
  readonly next?: number;
}

/** The desk of one tenant. */
export interface TenantDesk<P extends readonly Plugin[], Tx> {
  readonly customers: KindDesk<TokensOf<P>, "customer", Tx>;
  readonly grading: KindDesk<TokensOf<P>, "grading", Tx>;
  readonly complaints: KindDesk<TokensOf<P>, "complaint", Tx>;
  readonly correctiveActions: KindDesk<TokensOf<P>, "corrective-action", Tx>;
  readonly satisfaction: KindDesk<TokensOf<P>, "satisfaction", Tx>;
  readonly followUps: KindDesk<TokensOf<P>, "follow-up", Tx>;
  /** The same doors for any kind, plugins' too. */
  readonly of: <K extends KindId<TokensOf<P>>>(kind: RecordKind<K, any, any>) => KindDesk<TokensOf<P>, K, Tx>;
  /** Grades every customer by the policy in force; writes only what has changed. */
  readonly regradeAll: (options?: BatchOptions) => AsyncIterable<BatchItem>;
  /** Makes a follow-up plan hold for every customer in a window of days. */
  readonly planAll: (options: PlanOptions) => AsyncIterable<BatchItem>;
  readonly policies: Policies;
  readonly people: PeopleDesk;
  /** Works out wake-ups and indexes anew, after a policy was adopted or a kind got an index. */
  readonly reindex: (options?: ReindexOptions) => Promise<Result<ReindexReport>>;
}

/** The desk: decisions kept. Its own doors are those of the default tenant; `sweep` and `relay` serve all tenants. */
export interface ServiceDesk<P extends readonly Plugin[] = readonly [], Tx = any> extends TenantDesk<P, Tx> {
  readonly rules: ServiceRules<P>;
  /** Says what time alone has caused. Call it from a timer; any number may run at once. */
  readonly sweep: (options?: SweepOptions) => Promise<SweepReport>;
  /** Delivers events to one consumer. Call it from a timer; any number may run at once. */
  readonly relay: (options: RelayOptions) => Promise<RelayReport>;
  readonly deliveries: Deliveries;
  /** Drops receipts that have expired; answers how many. */
  readonly prune: (options?: { readonly limit?: number }) => Promise<number>;
  /** The desk of another tenant: letters, digits, `_`, `-` and `.`, at most 100. Throws `INVALID_TENANT`. */
  readonly tenant: (tenant: string) => TenantDesk<P, Tx>;
}

export interface DeskOptions<P extends readonly Plugin[], Tx> {
  readonly store: Store<Tx>;
  /** Default: the core without plugins. */
  readonly rules?: ServiceRules<P>;
  /** The zone in which days are counted. Default `UTC`, never the process's own. */
  readonly zone?: string;
  /** Default: the machine's clock. */
  readonly clock?: () => Instant;
  /** Names new records. Default: `nanoid`. */
  readonly newId?: () => string;
  /** How often a command is tried against other processes that write the same record; default 40. */
  readonly attempts?: number;
  /** How long receipts are kept; default 30 days, `null` for ever. */
  readonly receiptDays?: number | null;
  /**
   * Waits between two attempts, of which the last took so many milliseconds. Default: a random part of that time,
   * doubled with each attempt up to 64 times, by the machine's timer.
   */
  readonly pause?: (attempt: number, took: number) => Promise<void>;
  /** Receives a span for every door. */
  readonly observe?: Observer;
}

/** The tenant of a host that has none. */
const onlyTenant = "main";

/**
 * Opens a desk: the rules of a composition, with what they decide kept in a store. Throws `INVALID_OPTIONS` without a
 * store, `UNKNOWN_ZONE` for a zone that does not exist.
 *
 * @example
 * ```ts
 * import { createServiceDesk, memoryStore, unwrap } from "clientele";
 *
 * const desk = createServiceDesk({ store: memoryStore(), zone: "Asia/Shanghai" });
 * const ann = { kind: "staff", id: "ann" } as const;
 * const { id } = unwrap(await desk.complaints.open({
 *   input: { customerId: "c-7", summary: "The fridge does not cool" }, actor: ann,
 * }));
 * await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann });
 * unwrap(await desk.complaints.get(id)).state; // => "acknowledged"
 * ```
 */
export function createServiceDesk<P extends readonly Plugin[] = readonly [], Tx = unknown>(
  options: DeskOptions<P, Tx>,
): ServiceDesk<P, Tx> {
  const house = houseOf(options);
  const all = <R>(door: string, work: () => Promise<R>) => observed(house.observe, door, "*", work);
  return {
    ...tenantDesk<P, Tx>(house, onlyTenant),
    rules: house.rules as ServiceRules<P>,
    sweep: (request) => all("sweep", () => sweep(house, request)),
    relay: (request) => all("relay", () => relay(house, request)),
    deliveries: deliveriesOf(house, onlyTenant),
    prune: (request) =>
      all("prune", async () => {
        const limit = whole("limit", given("prune", request, ["limit"]).limit ?? 1000);
        return house.store.prune({ now: house.clock(), limit });
      }),
    tenant: (tenant) => {
      if (typeof tenant !== "string" || !/^[\w.-]{1,100}$/.test(tenant))
        throw new ClienteleError(
          "INVALID_TENANT",
          `a tenant is 1 to 100 of A-Z a-z 0-9 _ - ., found ${preview(tenant)}`,
        );
      return tenantDesk<P, Tx>(house, tenant);
    },
  };
}

function houseOf<P extends readonly Plugin[], Tx>(options: DeskOptions<P, Tx>): House<Tx> {
  const asked = given("createServiceDesk", options, optionNames);
  const { store, zone = "UTC", receiptDays = 30, clock = machineClock } = asked;
  if (!has(store, "transaction")) throw new ClienteleError("INVALID_OPTIONS", "a desk needs a store");
  if (!isZone(zone)) throw new ClienteleError("UNKNOWN_ZONE", `no time zone is called ${preview(zone)}`);
  if (receiptDays !== null && !(Number.isFinite(receiptDays) && receiptDays > 0))
    throw new ClienteleError("INVALID_OPTIONS", `receiptDays must be above 0, or null, found ${preview(receiptDays)}`);
  const rules = (asked.rules ?? createServiceRules()) as ServiceRules<any>;
  if (!has(rules, "doors")) throw new ClienteleError("INVALID_OPTIONS", "rules must come from createServiceRules");
  optional("clock", clock);
  return {
    rules,
    store,
    zone,
    attempts: whole("attempts", asked.attempts ?? 40),
    receiptDays,
    clock: () => {
      const now = clock();
      if (isInstant(now)) return now;
      throw new ClienteleError("INVALID_INSTANT", `the clock must answer an instant, found ${preview(now)}`);
    },
    newId: optional("newId", asked.newId) ?? nanoid,
    books: books(rules),
    turns: turns(),
    pause: optional("pause", asked.pause) ?? aWhile,
    observe: optional("observe", asked.observe),
  };
}

const optionNames = [
  "store",
  "rules",
  "zone",
  "clock",
  "newId",
  "attempts",
  "receiptDays",
  "pause",
  "observe",
] as const satisfies readonly (keyof DeskOptions<any, any>)[];
const machineClock = (): Instant => toInstant(Date.now());
/**
 * In step with what an attempt takes at this store, so that as many writers as meet on one record find a gap: with 32
 * processes and units of 10 ms a wait of a few milliseconds leaves one command in ten without its turn.
 */
const aWhile = (attempt: number, took: number): Promise<void> =>
  new Promise(
    (resolve) => void setTimeout(() => resolve(), Math.random() * Math.max(1, took) * 2 ** Math.min(attempt, 6)),
  );

function has<T extends object>(value: T | undefined, method: keyof T): boolean {
  try {
    return typeof value?.[method] === "function";
  } catch {
    return false;
  }
}

function idOf(kind: { readonly id: string }): string {
  try {
    return typeof kind.id === "string" ? kind.id : "";
  } catch {
    return "";
  }
}

/** Every engine this runs on has it; the library asks no host's types for it. */
declare const setTimeout: (work: () => void, ms: number) => unknown;

function tenantDesk<P extends readonly Plugin[], Tx>(house: House<Tx>, tenant: string): TenantDesk<P, Tx> {
  const of = (kind: string): KindDesk<any, any, Tx> => {
    const door = <R>(name: string, work: () => Promise<R>) => observed(house.observe, `${kind}.${name}`, tenant, work);
    return {
      open: (request) => door("open", () => open(house, tenant, kind, request)),
      execute: (request) => door("execute", () => execute(house, tenant, kind, request as never)),
      get: (id) => door("get", () => get(house, tenant, kind, id)) as never,
      find: (query) => door("find", () => find(house, tenant, kind, query)) as never,
      timeline: (id, page?: TimelinePage) => door("timeline", () => timeline(house, tenant, kind, id, page)) as never,
      available: (id, actor) => door("available", () => available(house, tenant, kind, id, actor)) as never,
      clocks: (id) => door("clocks", () => clocks(house, tenant, kind, id)) as never,
      rebuild: (id) => door("rebuild", () => rebuild(house, tenant, kind, id)),
      import: (cases, request) =>
        observedEach(house.observe, `${kind}.import`, tenant, () =>
          importCases(house, tenant, kind, cases as never, request),
        ),
    };
  };
  return {
    customers: of("customer"),
    grading: of("grading"),
    complaints: of("complaint"),
    correctiveActions: of("corrective-action"),
    satisfaction: of("satisfaction"),
    followUps: of("follow-up"),
    of: (kind) => of(idOf(kind)) as never,
    regradeAll: (request) => regradeAll(house, tenant, request),
    planAll: (request) => planAll(house, tenant, request),
    policies: policiesOf(house, tenant),
    people: peopleOf(house, tenant),
    reindex: (options) => observed(house.observe, "reindex", tenant, () => reindex(house, tenant, options)),
  };
}
