import {
  type AnyRecord,
  type Columns,
  type Delivery,
  hasCode,
  type Page,
  type Query,
  type Repository,
  type Sealable,
} from "../../src/index.js";
import { type AStore, apart, inside, otherwise, type Unit } from "./wrapping.js";

const tenants = ["acme", "globex"] as const;
const every = 1_000_000;
const first = "0001-01-01T00:00:00.000Z";
const last = "9999-12-31T23:59:59.999Z";
const keyOf = (...parts: readonly unknown[]): string => JSON.stringify(parts);

/** Stores with one seeded fault each: what somebody writes who has read the port in a hurry. */
export const faultyStores: Readonly<Record<string, () => AStore>> = {
  "ignores versions": () =>
    otherwise({
      of: (visits) => ({
        put: async (value, _, columns) => visits.put(value, (await visits.get(value.id))?.version ?? 0, columns),
      }),
    }),
  "looks at versions only when it is asked to put": () => {
    // What was put is written once more, whatever has been committed meanwhile.
    const puts = new WeakMap<object, ((unit: Unit) => Promise<void>)[]>();
    return otherwise({
      of: (visits, kind, unit) => ({
        put: async (value, expected, columns) => {
          await visits.put(value, expected, columns);
          puts.get(unit.tx)?.push(async (again) => {
            const now = await again.of(kind).get(value.id);
            await again.of(kind).put(value, now?.version ?? 0, columns);
          });
        },
      }),
      store: (store) => ({
        transaction: async (work, options) => {
          const mine: ((unit: Unit) => Promise<void>)[] = [];
          let decided = false;
          let answer: unknown;
          try {
            return await store.transaction(async (unit) => {
              puts.set(unit.tx, mine);
              answer = await work(unit);
              decided = true;
              return answer as never;
            }, options);
          } catch (error) {
            if (!decided || !hasCode(error, "CONFLICT")) throw error;
            await apart(store, options.tenant, async (unit) => {
              for (const put of mine) await put(unit);
            });
            return answer as never;
          }
        },
      }),
    });
  },
  "locks every kind as a whole": () => {
    let writers = 0;
    return otherwise({
      store: (store) => ({
        transaction: (work, options) =>
          options.join !== undefined
            ? store.transaction(work, options)
            : store.transaction(async (unit) => {
                const seen = writers;
                let wrote = false;
                const answer = await work({
                  ...unit,
                  of: (kind) => {
                    const visits = unit.of(kind);
                    const put: Repository["put"] = (...args) => {
                      wrote = true;
                      return visits.put(...args);
                    };
                    return { ...visits, put };
                  },
                });
                if (wrote && writers !== seen) throw Object.assign(new Error("locked"), { code: "CONFLICT" });
                if (wrote) writers++;
                return answer;
              }, options),
      }),
    });
  },
  "swallows conflicts": () =>
    otherwise({
      store: (store) => ({
        transaction: (work, options) =>
          store.transaction(work, options).catch((error) => {
            if (hasCode(error, "CONFLICT")) return undefined as never;
            throw error;
          }),
      }),
    }),
  "writes one thing after the other, without a rollback": () =>
    otherwise({
      unit: (unit, store) => {
        const now = <R>(work: (unit: Unit) => Promise<R>) => apart(store, unit.tenant, work);
        return {
          of: (kind) => ({
            get: (id) => now((u) => u.of(kind).get(id)),
            put: (...args) => now((u) => u.of(kind).put(...args)),
            reindex: (...args) => now((u) => u.of(kind).reindex(...args)),
            find: (query) => now((u) => u.of(kind).find(query)),
            revision: () => now((u) => u.of(kind).revision()),
          }),
          events: {
            append: (list) => now((u) => u.events.append(list)),
            read: (...args) => now((u) => u.events.read(...args)),
          },
          receipts: {
            find: (...args) => now((u) => u.receipts.find(...args)),
            put: (...args) => now((u) => u.receipts.put(...args)),
          },
          people: {
            erase: (person) => now((u) => u.people.erase(person)),
            streams: (...args) => now((u) => u.people.streams(...args)),
          },
        };
      },
    }),
  "forgets the receipt where a unit says what it will read": () =>
    otherwise({
      store: (store) => ({
        transaction: (work, options) =>
          store.transaction(
            (unit) =>
              work(
                options.reads === undefined
                  ? unit
                  : { ...unit, receipts: { ...unit.receipts, find: () => Promise.resolve(undefined) } },
              ),
            options,
          ),
      }),
    }),
  "lends joined work no transaction": () =>
    otherwise({
      store: (store) => ({
        transaction: (work, options) =>
          store.transaction(
            (unit) => work(options.join === undefined ? unit : { ...unit, tx: { "~writes": null } }),
            options,
          ),
      }),
    }),
  "finds what others have committed meanwhile": () =>
    otherwise({
      of: (_, kind, unit, store) => ({ find: (query) => apart(store, unit.tenant, (u) => u.of(kind).find(query)) }),
    }),
  "reads what others have committed meanwhile": () => {
    const own = new WeakMap<object, Set<string>>();
    return otherwise({
      of: (visits, kind, unit, store) => ({
        put: async (value, ...rest) => {
          await visits.put(value, ...rest);
          own.set(unit.tx, (own.get(unit.tx) ?? new Set()).add(value.id));
        },
        get: (id) =>
          own.get(unit.tx)?.has(id) === true ? visits.get(id) : apart(store, unit.tenant, (u) => u.of(kind).get(id)),
      }),
    });
  },
  "appends events outside the unit": () =>
    otherwise({
      unit: (unit, store) => ({
        events: { ...unit.events, append: (list) => apart(store, unit.tenant, (u) => u.events.append(list)) },
      }),
    }),
  "keeps receipts outside the unit": () =>
    otherwise({
      unit: (unit, store) => ({
        receipts: {
          find: (...args) => apart(store, unit.tenant, (u) => u.receipts.find(...args)),
          put: (...args) => apart(store, unit.tenant, (u) => u.receipts.put(...args)),
        },
      }),
    }),
  "erases outside the unit": () =>
    otherwise({
      unit: (unit, store) => ({
        people: { ...unit.people, erase: (person) => apart(store, unit.tenant, (u) => u.people.erase(person)) },
      }),
    }),
  "wraps what the work throws": () =>
    otherwise({
      store: (store) => ({
        transaction: (work, options) =>
          store.transaction(work, options).catch((error) => {
            throw hasCode(error, "CONFLICT") ? error : new Error("transaction failed", { cause: error });
          }),
      }),
    }),
  "lets a unit be used after its end": () =>
    otherwise({
      of: (visits, kind, unit, store) => ({
        put: (...args) =>
          visits.put(...args).catch((error) => {
            if (!hasCode(error, "UNIT_OVER")) throw error;
            return apart(store, unit.tenant, (u) => u.of(kind).put(...args));
          }),
      }),
    }),
  "keeps references": () => {
    const kept = new Map<string, AnyRecord>();
    return otherwise({
      of: (visits, kind, { tenant }) => ({
        put: async (value, ...rest) => {
          await visits.put(value, ...rest);
          kept.set(keyOf(tenant, kind, value.id, value.version), value);
        },
        get: async (id) => {
          const found = await visits.get(id);
          return kept.get(keyOf(tenant, kind, id, found?.version)) ?? found;
        },
      }),
    });
  },
  "hands out what it keeps": () => {
    const kept = new Map<string, AnyRecord>();
    return otherwise({
      of: (visits, kind, { tenant }) => ({
        get: async (id) => {
          const found = await visits.get(id);
          const key = keyOf(tenant, kind, id, found);
          if (found !== undefined && !kept.has(key)) kept.set(key, found);
          return kept.get(key);
        },
      }),
    });
  },
  "keeps texts in a narrow character set": () =>
    otherwise({
      of: (visits) => ({
        put: (value, ...rest) => visits.put(JSON.parse(JSON.stringify(value).replace(/[^\0-\u00ff]/g, "?")), ...rest),
      }),
    }),
  "drops null": () =>
    otherwise({
      unit: (unit) => ({
        events: {
          ...unit.events,
          read: async (...args) =>
            JSON.parse(
              JSON.stringify(await unit.events.read(...args), (_, value) => (value === null ? undefined : value)),
            ),
        },
      }),
    }),
  "compares ids without case": () =>
    otherwise({
      of: (visits) => ({ get: async (id) => (await visits.get(id)) ?? visits.get(id.toLowerCase()) }),
    }),
  "does not see its own writes": () =>
    otherwise({
      of: (_, kind, unit, store) => ({
        find: (query) => apart(store, unit.tenant, (u) => u.of(kind).find(query)),
      }),
      unit: (unit, store) => ({
        events: { ...unit.events, read: (...args) => apart(store, unit.tenant, (u) => u.events.read(...args)) },
      }),
    }),
  "keeps all kinds in one table": () => otherwise({ unit: (unit) => ({ of: () => unit.of("record") }) }),
  "ignores the tenant of records": () =>
    otherwise({
      of: (_, kind, unit, store) => {
        const visits = <R>(work: (unit: Unit) => Promise<R>) => inside(store, unit, "all", work);
        return {
          get: (id) => visits((u) => u.of(kind).get(id)),
          put: (...args) => visits((u) => u.of(kind).put(...args)),
        };
      },
    }),
  "ignores the tenant in find": () =>
    otherwise({
      of: (_, kind, unit, store) => ({
        find: async (query) => {
          const found: AnyRecord[] = [];
          for (const tenant of tenants)
            found.push(...(await inside(store, unit, tenant, (u) => u.of(kind).find(query))).items);
          return { items: found };
        },
      }),
    }),
  "ignores the tenant of events": () =>
    otherwise({
      unit: (unit, store) => ({
        events: {
          append: (list) => inside(store, unit, "all", (u) => u.events.append(list)),
          read: (...args) => inside(store, unit, "all", (u) => u.events.read(...args)),
        },
      }),
    }),
  "ignores the tenant of receipts": () =>
    otherwise({
      unit: (unit, store) => ({
        receipts: {
          find: (...args) => inside(store, unit, "all", (u) => u.receipts.find(...args)),
          put: (...args) => inside(store, unit, "all", (u) => u.receipts.put(...args)),
        },
      }),
    }),
  "erases a person in every tenant": () =>
    otherwise({
      unit: (unit, store) => ({
        people: {
          ...unit.people,
          erase: async (person) => {
            for (const tenant of tenants) await inside(store, unit, tenant, (u) => u.people.erase(person));
          },
        },
      }),
    }),
  "renumbers events": () =>
    otherwise({
      unit: (unit) => ({
        events: {
          ...unit.events,
          append: async (list) => {
            const ends = new Map<string, number>();
            for (const { event, personal } of list) {
              const key = keyOf(event.stream);
              const end =
                ends.get(key) ?? (await unit.events.read(event.stream, { afterVersion: 0, limit: every })).length;
              ends.set(key, end + 1);
              await unit.events.append([{ event: { ...event, version: end + 1 }, personal }]);
            }
          },
        },
      }),
    }),
  "appends again after a conflict": () => {
    const lists = new WeakMap<object, Sealable[]>();
    return otherwise({
      unit: (unit) => ({
        events: {
          ...unit.events,
          append: async (list) => {
            await unit.events.append(list);
            lists.get(unit.tx)?.push(...list);
          },
        },
      }),
      store: (store) => ({
        transaction: async (work, options) => {
          const mine: Sealable[] = [];
          let answer: unknown;
          try {
            return await store.transaction(async (unit) => {
              lists.set(unit.tx, mine);
              answer = await work(unit);
              return answer as never;
            }, options);
          } catch (error) {
            if (!hasCode(error, "CONFLICT") || mine.length === 0) throw error;
            await apart(store, options.tenant, async (unit) => {
              for (const { event, personal } of mine) {
                const end = (await unit.events.read(event.stream, { afterVersion: 0, limit: every })).length;
                await unit.events.append([{ event: { ...event, version: end + 1 }, personal }]);
              }
            });
            return answer as never;
          }
        },
      }),
    });
  },
  "sorts versions as texts": () =>
    otherwise({
      unit: (unit) => ({
        events: {
          ...unit.events,
          read: async (stream, { afterVersion, limit }) =>
            [...(await unit.events.read(stream, { afterVersion: 0, limit: every }))]
              .sort((a, b) => (String(a.version) < String(b.version) ? -1 : 1))
              .filter((event) => event.version > afterVersion)
              .slice(0, limit),
        },
      }),
    }),
  "loses receipts": () =>
    otherwise({ unit: (unit) => ({ receipts: { ...unit.receipts, put: async () => undefined } }) }),
  "still finds expired receipts": () =>
    otherwise({ unit: (unit) => ({ receipts: { ...unit.receipts, find: (id) => unit.receipts.find(id, first) } }) }),
  "never replaces a receipt": () =>
    otherwise({
      unit: (unit) => ({ receipts: { ...unit.receipts, put: (id, receipt) => unit.receipts.put(id, receipt, first) } }),
    }),
  "replaces receipts that hold": () =>
    otherwise({
      unit: (unit) => ({ receipts: { ...unit.receipts, put: (id, receipt) => unit.receipts.put(id, receipt, last) } }),
    }),
  "prunes every receipt that can expire": () =>
    otherwise({ store: (store) => ({ prune: ({ limit }) => store.prune({ now: last, limit }) }) }),
  "prunes without a limit": () =>
    otherwise({ store: (store) => ({ prune: ({ now }) => store.prune({ now, limit: every }) }) }),
  "never matches null": () =>
    otherwise({
      of: (visits) => ({
        find: async (query) => (Object.values(query.where ?? {}).includes(null) ? { items: [] } : visits.find(query)),
      }),
    }),
  "puts null last": () =>
    otherwise({
      of: (visits) => ({
        find: async (query) => {
          const by = query.orderBy ?? "openedAt";
          const nulls = await visits.find({ limit: every, where: { ...query.where, [by]: null } });
          const found = await visits.find({ ...query, limit: every });
          const isNull = (record: AnyRecord) => nulls.items.some((r) => r.id === record.id);
          const items = [...found.items.filter((r) => !isNull(r)), ...found.items.filter(isNull)];
          return paged(items, found, query);
        },
      }),
    }),
  "orders texts as a dictionary does": () =>
    otherwise({
      of: (visits) => ({
        find: async (query) => {
          const found = await visits.find({ ...query, limit: every });
          if (query.orderBy !== "name") return paged(found.items, found, query);
          const names = new Map<string, string>();
          for (const { id } of found.items) names.set(id, await nameOf(visits.find, id));
          const items = [...found.items].sort((a, b) => names.get(a.id)!.localeCompare(names.get(b.id)!, "en"));
          return paged(items, found, query);
        },
      }),
    }),
  "pages by value and skips ties": () =>
    otherwise({
      of: (visits) => ({
        find: async (query) => {
          const found = await visits.find(query);
          if (found.next === undefined) return found;
          const [value] = JSON.parse(found.next) as [unknown];
          return { ...found, next: JSON.stringify([value, query.descending === true ? "" : "\uffff"]) };
        },
      }),
    }),
  "pages by offset": () =>
    otherwise({
      of: (visits) => ({
        find: async ({ after, ...query }) => {
          const offset = Number(after ?? 0);
          const found = await visits.find({ ...query, limit: every });
          const items = found.items.slice(offset, offset + query.limit);
          return found.items.length > offset + query.limit ? { items, next: String(offset + query.limit) } : { items };
        },
      }),
    }),
  "promises a next page after the last one": () =>
    otherwise({
      of: (visits) => ({
        find: async (query) => {
          const found = await visits.find(query);
          return { ...found, next: found.next ?? query.after ?? JSON.stringify([last, "\uffff"]) };
        },
      }),
    }),
  "keeps the first columns of a record": () => {
    const kept = new Map<string, Columns["fields"]>();
    return otherwise({
      of: (visits, kind, { tenant }) => ({
        put: async (value, expected, columns) => {
          const fields = kept.get(keyOf(tenant, kind, value.id)) ?? columns.fields;
          kept.set(keyOf(tenant, kind, value.id), fields);
          await visits.put(value, expected, { ...columns, fields });
        },
      }),
    });
  },
  "never grows a revision": () => otherwise({ of: () => ({ revision: async () => 1 }) }),
  "reindexes whatever the version": () =>
    otherwise({
      of: (visits, kind, unit, store) => ({
        reindex: async (id, _, columns) => {
          const now = await apart(store, unit.tenant, (u) => u.of(kind).get(id));
          if (now !== undefined) await apart(store, unit.tenant, (u) => u.of(kind).reindex(id, now.version, columns));
          else await visits.reindex(id, 1, columns);
        },
      }),
    }),
  "claims the shortest due first": () =>
    otherwise({
      store: (store) => ({ claimDue: async (request) => [...(await store.claimDue(request))].reverse() }),
    }),
  "claims what is not due yet": () =>
    otherwise({
      store: (store) => ({ claimDue: (request) => store.claimDue({ ...request, now: request.leaseUntil }) }),
    }),
  "claims without a limit": () =>
    otherwise({
      store: (store) => ({ claimDue: (request) => store.claimDue({ ...request, limit: every }) }),
      outbox: (outbox) => ({ claim: (request) => outbox.claim({ ...request, limit: every }) }),
    }),
  "claims without a lease": () =>
    otherwise({
      store: (store) => ({ claimDue: (request) => store.claimDue({ ...request, leaseUntil: request.now }) }),
      outbox: (outbox) => ({ claim: (request) => outbox.claim({ ...request, leaseUntil: request.now }) }),
    }),
  "leases for ever": () =>
    otherwise({
      store: (store) => ({ claimDue: (request) => store.claimDue({ ...request, leaseUntil: last }) }),
      outbox: (outbox) => ({ claim: (request) => outbox.claim({ ...request, leaseUntil: last }) }),
    }),
  "keeps a lease after a put": () => {
    const leases = new Map<string, { readonly due: Parameters<AStore["postpone"]>[0]; readonly until: string }>();
    return otherwise({
      store: (store) => ({
        claimDue: async (request) => {
          const claimed = await store.claimDue(request);
          for (const due of claimed)
            leases.set(keyOf(due.tenant, due.kind, due.id), { due, until: request.leaseUntil });
          return claimed;
        },
        postpone: async (due, until) => {
          leases.set(keyOf(due.tenant, due.kind, due.id), { due, until });
          await store.postpone(due, until);
        },
        transaction: async (work, options) => {
          const answer = await store.transaction(work, options);
          for (const { due, until } of leases.values()) await store.postpone(due, until);
          return answer;
        },
      }),
    });
  },
  "claims of one tenant only": () =>
    otherwise({
      store: (store) => ({
        claimDue: async (request) => (await store.claimDue(request)).filter((due) => due.tenant === "acme"),
      }),
      outbox: (outbox) => ({
        claim: async (request) => (await outbox.claim(request)).filter((delivery) => delivery.tenant === "acme"),
      }),
    }),
  "does not postpone": () => otherwise({ store: () => ({ postpone: async () => undefined }) }),
  "forgets what nobody acknowledged": () =>
    otherwise({
      outbox: (outbox) => ({
        claim: async (request) => {
          const deliveries = await outbox.claim(request);
          for (const { events, lease, stream, tenant } of deliveries)
            await outbox.settle({
              consumer: request.consumer,
              lease,
              stream,
              tenant,
              deliveredVersion: events.at(-1)!.version,
            });
          return deliveries;
        },
        settle: async () => true,
      }),
    }),
  "forgets what was acknowledged": () =>
    otherwise({
      outbox: (outbox) => ({ settle: (outcome) => outbox.settle({ ...outcome, deliveredVersion: undefined }) }),
    }),
  "lets events overtake each other in a stream": () =>
    otherwise({
      outbox: (outbox) => ({
        claim: async (request) =>
          (await outbox.claim(request)).map((delivery) => ({ ...delivery, events: [...delivery.events].reverse() })),
      }),
    }),
  "has one state for all consumers": () =>
    otherwise({
      outbox: (outbox) => ({
        claim: (request) => outbox.claim({ ...request, consumer: "all" }),
        settle: (outcome) => outbox.settle({ ...outcome, consumer: "all" }),
        skip: (request) => outbox.skip({ ...request, consumer: "all" }),
        resume: (request) => outbox.resume({ ...request, consumer: "all" }),
        forget: () => outbox.forget("all"),
        backlog: () => outbox.backlog("all"),
      }),
    }),
  "begins a consumer at the present": () => {
    const known = new Set<string>();
    return otherwise({
      outbox: (outbox) => ({
        claim: async (request) => {
          if (!known.has(request.consumer) && known.size > 0)
            for (const { tenant, stream, lease, events } of await outbox.claim({ ...request, limit: every }))
              await outbox.settle({
                consumer: request.consumer,
                tenant,
                stream,
                lease,
                deliveredVersion: events.at(-1)!.version,
              });
          known.add(request.consumer);
          return outbox.claim(request);
        },
      }),
    });
  },
  "takes an answer under an old lease": () => {
    const leases = new Map<string, string>();
    const key = (consumer: string, d: Pick<Delivery, "tenant" | "stream">) => keyOf(consumer, d.tenant, d.stream);
    return otherwise({
      outbox: (outbox) => ({
        claim: async (request) => {
          const deliveries = await outbox.claim(request);
          for (const delivery of deliveries) leases.set(key(request.consumer, delivery), delivery.lease);
          return deliveries;
        },
        settle: (outcome) =>
          outbox.settle({ ...outcome, lease: leases.get(key(outcome.consumer, outcome)) ?? outcome.lease }),
      }),
    });
  },
  "lets one failing stream hold all": () => {
    const failing = new Map<string, string>();
    return otherwise({
      outbox: (outbox) => ({
        claim: async (request) => ((failing.get(request.consumer) ?? "") > request.now ? [] : outbox.claim(request)),
        settle: (outcome) => {
          const { failure } = outcome;
          if (failure !== undefined) failing.set(outcome.consumer, "halt" in failure ? last : failure.retryAt);
          return outbox.settle(outcome);
        },
      }),
    });
  },
  "tries again at once": () =>
    otherwise({
      outbox: (outbox) => ({
        settle: ({ failure, ...outcome }) =>
          outbox.settle(
            failure === undefined ? outcome : { ...outcome, failure: { message: failure.message, retryAt: first } },
          ),
      }),
    }),
  "forgets how often it has failed": () =>
    otherwise({
      outbox: (outbox) => ({
        claim: async (request) => (await outbox.claim(request)).map((delivery) => ({ ...delivery, failures: 0 })),
      }),
    }),
  "skips whatever is halted": () =>
    otherwise({
      outbox: (outbox) => ({
        skip: async (request) => {
          const { halted } = await outbox.backlog(request.consumer);
          const stands = halted.find((h) => h.stream.id === request.stream.id);
          return stands === undefined
            ? false
            : outbox.skip({ ...request, tenant: stands.tenant, version: stands.version });
        },
      }),
    }),
  "resumes whatever is halted": () =>
    otherwise({
      outbox: (outbox) => ({
        resume: async (request) => {
          const stands = (await outbox.backlog(request.consumer)).halted[0];
          return stands === undefined ? false : outbox.resume({ consumer: request.consumer, ...stands });
        },
      }),
    }),
  "resumes after the halted event": () =>
    otherwise({ outbox: (outbox) => ({ resume: (request) => outbox.skip(request) }) }),
  "counts on when it resumes": () => {
    const failures = new Map<string, number>();
    const key = (consumer: string, d: Pick<Delivery, "tenant" | "stream">) => keyOf(consumer, d.tenant, d.stream);
    return otherwise({
      outbox: (outbox) => ({
        claim: async (request) =>
          (await outbox.claim(request)).map((delivery) => ({
            ...delivery,
            failures: delivery.failures + (failures.get(key(request.consumer, delivery)) ?? 0),
          })),
        resume: async (request) => {
          const stood = await outbox.resume(request);
          if (stood) failures.set(key(request.consumer, request), 2);
          return stood;
        },
      }),
    });
  },
  "resumes after a while": () => {
    let waits = 0;
    return otherwise({
      outbox: (outbox) => ({
        claim: async (request) => (waits-- > 0 ? [] : outbox.claim(request)),
        resume: async (request) => {
          const stood = await outbox.resume(request);
          if (stood) waits = 1;
          return stood;
        },
      }),
    });
  },
  "knows whoever is asked about": () =>
    otherwise({
      outbox: (outbox) => ({
        backlog: async (consumer) => {
          await outbox.claim({ consumer, now: first, leaseUntil: first, limit: 0 });
          return outbox.backlog(consumer);
        },
      }),
    }),
  "remembers what a forgotten consumer has had": () => {
    const known = new Set<string>();
    return otherwise({
      outbox: (outbox) => ({
        claim: (request) => {
          known.add(request.consumer);
          return outbox.claim(request);
        },
        forget: async (consumer) => known.delete(consumer),
      }),
    });
  },
  "forgets a consumer in one tenant only": () => {
    const had = new Map<string, number>();
    const key = (consumer: string, d: Pick<Delivery, "tenant" | "stream">) => keyOf(consumer, d.tenant, d.stream);
    return otherwise({
      outbox: (outbox) => ({
        settle: (outcome) => {
          const { consumer, tenant, deliveredVersion } = outcome;
          if (tenant !== "acme" && deliveredVersion !== undefined) had.set(key(consumer, outcome), deliveredVersion);
          return outbox.settle(outcome);
        },
        claim: async (request) =>
          (await outbox.claim(request)).filter(
            (delivery) => delivery.events[0]!.version > (had.get(key(request.consumer, delivery)) ?? 0),
          ),
      }),
    });
  },
  "takes an answer of one who was forgotten": () => {
    const forgotten = new Set<string>();
    return otherwise({
      outbox: (outbox) => ({
        forget: (consumer) => {
          forgotten.add(consumer);
          return outbox.forget(consumer);
        },
        settle: async (outcome) => (await outbox.settle(outcome)) || forgotten.has(outcome.consumer),
      }),
    });
  },
  "tells a consumer nothing of units that began before it": () => {
    let time = 0;
    const began = new WeakMap<object, number>();
    const came = new Map<string, number>();
    const lost = new Set<string>();
    return otherwise({
      unit: (unit) => {
        began.set(unit.tx, began.get(unit.tx) ?? ++time);
        return {
          events: {
            ...unit.events,
            append: (list) => {
              for (const { event } of list)
                for (const [consumer, at] of came)
                  if (at > began.get(unit.tx)!) lost.add(keyOf(consumer, unit.tenant, event.stream));
              return unit.events.append(list);
            },
          },
        };
      },
      outbox: (outbox) => ({
        claim: async (request) => {
          const { consumer } = request;
          came.set(consumer, came.get(consumer) ?? ++time);
          return (await outbox.claim(request)).filter((d) => !lost.has(keyOf(consumer, d.tenant, d.stream)));
        },
        forget: (consumer) => {
          came.delete(consumer);
          return outbox.forget(consumer);
        },
      }),
    });
  },
  "does not count halted events": () =>
    otherwise({
      outbox: (outbox) => ({
        backlog: async (consumer) => {
          const { depth, oldest, halted } = await outbox.backlog(consumer);
          return { depth: depth - halted.length, oldest, halted };
        },
      }),
    }),
  "delivers what is older than its cursor only": () => {
    // A cursor over the time of recording loses what commits late.
    const seen = new Map<string, string>();
    return otherwise({
      outbox: (outbox) => ({
        claim: async (request) => {
          const deliveries = await outbox.claim(request);
          const cursor = seen.get(request.consumer) ?? "";
          for (const { events } of deliveries)
            for (const { recordedAt } of events)
              if (recordedAt > (seen.get(request.consumer) ?? "")) seen.set(request.consumer, recordedAt);
          return deliveries.filter(
            ({ events, failures }) => failures > 0 || events.some((event) => event.recordedAt > cursor),
          );
        },
      }),
    });
  },
  "seals records only": () =>
    otherwise({
      unit: (unit) => ({
        events: {
          ...unit.events,
          append: (list) => unit.events.append(list.map(({ event }) => ({ event, personal: [] }))),
        },
      }),
    }),
  "seals events only": () =>
    otherwise({
      of: (visits) => ({
        put: (value, expected, columns) => visits.put(value, expected, { ...columns, personal: [] }),
      }),
    }),
  "delivers from copies that were made before the erasure": () => {
    const copies = new Map<string, unknown>();
    return otherwise({
      unit: (unit) => ({
        events: {
          ...unit.events,
          append: async (list) => {
            for (const { event } of list) copies.set(event.id, structuredClone(event.data));
            await unit.events.append(list);
          },
        },
      }),
      outbox: (outbox) => ({
        claim: async (request) =>
          (await outbox.claim(request)).map((delivery) => ({
            ...delivery,
            events: delivery.events.map((event) => ({ ...event, data: structuredClone(copies.get(event.id)) })),
          })),
      }),
    });
  },
  "gives erased fields as null": () =>
    otherwise({
      of: (visits) => ({
        get: async (id) =>
          JSON.parse(JSON.stringify((await visits.get(id)) ?? null), (_, value) =>
            value?.erased === true ? null : value,
          ) ?? undefined,
      }),
    }),
  "erases whoever's name begins alike": () => {
    const people = new Set<string>();
    return otherwise({
      of: (visits) => ({
        put: async (value, expected, columns) => {
          for (const { person } of columns.personal) people.add(person);
          await visits.put(value, expected, columns);
        },
      }),
      unit: (unit) => ({
        people: {
          ...unit.people,
          erase: async (person) => {
            await unit.people.erase(person);
            for (const other of people) if (other.startsWith(person)) await unit.people.erase(other);
          },
        },
      }),
    });
  },
  "lets who read before an erasure bring the person back": () => {
    let erasures = 0;
    const began = new WeakMap<object, number>();
    const marks = <T>(unit: Unit, list: readonly T[]): readonly T[] =>
      (began.get(unit.tx) ?? erasures) < erasures ? [] : list;
    return otherwise({
      of: (visits, _, unit) => ({
        put: (value, expected, columns) =>
          visits.put(value, expected, { ...columns, personal: marks(unit, columns.personal) }),
      }),
      unit: (unit) => {
        began.set(unit.tx, began.get(unit.tx) ?? erasures);
        return {
          events: {
            ...unit.events,
            append: (list) =>
              unit.events.append(list.map(({ event, personal }) => ({ event, personal: marks(unit, personal) }))),
          },
          people: {
            ...unit.people,
            erase: (person) => {
              erasures++;
              return unit.people.erase(person);
            },
          },
        };
      },
    });
  },
  "erases for ever": () => {
    const gone = new Set<string>();
    return otherwise({
      of: (visits, _, unit) => ({
        put: async (value, expected, columns) => {
          await visits.put(value, expected, columns);
          for (const { person } of columns.personal)
            if (gone.has(keyOf(unit.tenant, person))) await unit.people.erase(person);
        },
      }),
      unit: (unit) => ({
        people: {
          ...unit.people,
          erase: (person) => {
            gone.add(keyOf(unit.tenant, person));
            return unit.people.erase(person);
          },
        },
      }),
    });
  },
  "pages the streams of a person once": () =>
    otherwise({
      unit: (unit) => ({
        people: { ...unit.people, streams: async (...args) => ({ items: (await unit.people.streams(...args)).items }) },
      }),
    }),
  "commits joined work on its own": () =>
    otherwise({
      store: (store) => ({ transaction: (work, { tenant }) => store.transaction(work, { tenant }) }),
    }),
  "does not undo joined work that fails": () =>
    otherwise({
      store: (store) => ({
        transaction: async (work, options) => {
          if (options.join === undefined) return store.transaction(work, options);
          const done = await store.transaction(async (unit) => {
            try {
              return { ok: true as const, value: await work(unit) };
            } catch (error) {
              return { ok: false as const, error };
            }
          }, options);
          if (done.ok) return done.value;
          throw done.error;
        },
      }),
    }),
  "rolls the host back when joined work fails": () => {
    const doomed = new WeakSet<object>();
    return otherwise({
      store: (store) => ({
        transaction: async (work, options) => {
          if (options.join !== undefined)
            return store.transaction(work, options).catch((error) => {
              doomed.add(options.join as object);
              throw error;
            });
          return store.transaction(async (unit) => {
            const answer = await work(unit);
            if (doomed.has(unit.tx)) throw new Error("the transaction is aborted");
            return answer;
          }, options);
        },
      }),
    });
  },
  "joins a transaction that is over in a new one": () =>
    otherwise({
      store: (store) => ({
        transaction: (work, options) =>
          store.transaction(work, options).catch((error) => {
            if (options.join === undefined || !hasCode(error, "UNIT_OVER")) throw error;
            return store.transaction(work, { tenant: options.tenant });
          }),
      }),
    }),
  "gives joined work the unit of the host": () => {
    const hosts = new WeakMap<object, Unit>();
    return otherwise({
      store: (store) => ({
        transaction: (work, options) =>
          store.transaction((unit) => {
            const host = options.join === undefined ? undefined : hosts.get(options.join);
            if (host === undefined || host.tenant !== options.tenant) hosts.set(unit.tx, unit);
            return work(host?.tenant === options.tenant ? host : unit);
          }, options),
      }),
    });
  },
};
/** The page of a query, from a whole list in a faulty order. */
function paged(items: readonly AnyRecord[], whole: Page<AnyRecord>, { limit }: Query): Page<AnyRecord> {
  return items.length > limit
    ? { items: items.slice(0, limit), next: whole.next ?? JSON.stringify([null, items[limit - 1]!.id]) }
    : { items };
}

/** The `name` column of a record, found by asking for each that the laws use. */
async function nameOf(find: (query: Query) => Promise<Page<AnyRecord>>, id: string): Promise<string> {
  const names = ["a", "ä", "", "Z", "~", "é", "😀", "\uff5e", "aa", "10", "9", "e\u0301"];
  for (const name of names)
    if ((await find({ where: { name }, limit: every })).items.some((r) => r.id === id)) return name;
  return "";
}
