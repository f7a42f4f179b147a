import { nanoid } from "nanoid";
import type { Actor } from "../kernel/context.js";
import { ClienteleError } from "../kernel/errors.js";
import { type Instant, toInstant } from "../kernel/instant.js";
import type { Result } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import { isZone } from "../kernel/zone.js";
import type { Store } from "../ports/store.js";
import {
  type Available,
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
import { books } from "./books.js";
import { type Answer, type Done, type ExecuteRequest, execute, type OpenRequest, open } from "./commands.js";
import type { House } from "./house.js";
import { type ImportedCase, type ImportOptions, type ImportOutcome, importCases } from "./import.js";
import { type Observer, observed } from "./observe.js";
import { type PeopleDesk, peopleOf } from "./people.js";
import { type Policies, policiesOf } from "./policies.js";
import { available, type FindQuery, type Found, find, get, type TimelinePage, timeline } from "./reads.js";
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
  readonly complaints: KindDesk<TokensOf<P>, "complaint", Tx>;
  /** The same doors for any kind, plugins' too. */
  readonly of: <K extends KindId<TokensOf<P>>>(kind: RecordKind<K, any, any>) => KindDesk<TokensOf<P>, K, Tx>;
  readonly policies: Policies;
  readonly people: PeopleDesk;
  /** Works out wake-ups and indexes anew, after a policy was adopted or a kind got an index. */
  readonly reindex: (options?: ReindexOptions) => Promise<Result<ReindexReport>>;
}

/** The desk: decisions kept. Its own doors are those of the default tenant; `sweep` and `relay` serve all tenants. */
export interface ServiceDesk<P extends readonly Plugin[], Tx> extends TenantDesk<P, Tx> {
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
  /** How often a conflict with another process is decided anew; default 20. */
  readonly attempts?: number;
  /** How long receipts are kept; default 30 days, `null` for ever. */
  readonly receiptDays?: number | null;
  /** Waits between two attempts. Default: a few milliseconds, more each time, by the machine's timer. */
  readonly pause?: (attempt: number) => Promise<void>;
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
    prune: ({ limit = 1000 } = {}) => all("prune", () => house.store.prune({ now: house.clock(), limit })),
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
  const { store, zone = "UTC", attempts = 20, receiptDays = 30 } = options ?? {};
  if (typeof store?.transaction !== "function") throw new ClienteleError("INVALID_OPTIONS", "a desk needs a store");
  if (!isZone(zone)) throw new ClienteleError("UNKNOWN_ZONE", `no time zone is called ${preview(zone)}`);
  const rules = (options.rules ?? createServiceRules()) as ServiceRules<any>;
  return {
    rules,
    store,
    zone,
    attempts,
    receiptDays,
    clock: options.clock ?? (() => toInstant(Date.now())),
    newId: options.newId ?? nanoid,
    books: books(rules),
    turns: turns(),
    pause: options.pause ?? ((attempt) => new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * attempt))),
    observe: options.observe,
  };
}
/** Every engine this runs on has it; the library asks no host's types for it. */
declare const setTimeout: (work: (value: undefined) => void, ms: number) => unknown;

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
      import: (cases, request) => importCases(house, tenant, kind, cases as never, request),
    };
  };
  return {
    complaints: of("complaint") as KindDesk<TokensOf<P>, "complaint", Tx>,
    of: (kind) => of(typeof kind?.id === "string" ? kind.id : "") as never,
    policies: policiesOf(house, tenant),
    people: peopleOf(house, tenant),
    reindex: (options) => observed(house.observe, "reindex", tenant, () => reindex(house, tenant, options)),
  };
}
