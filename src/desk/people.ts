import { ClienteleError } from "../kernel/errors.js";
import type { Event } from "../kernel/event.js";
import type { Mark } from "../kernel/personal.js";
import { type AnyRecord, headFields } from "../kernel/record.js";
import { type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import { type AnyKind, ownEvents } from "../rules/index.js";
import { type House, nameIssues, settled } from "./house.js";
import { observed, observedEach } from "./observe.js";
import { wholeTimeline } from "./save.js";

/** All that one stream holds of a person. Other people's personal fields in it read `{ withheld: true }`. */
export interface Holding {
  readonly record: AnyRecord;
  readonly events: readonly Event[];
}

/** The data of the people of one tenant. */
export interface PeopleDesk {
  /**
   * Forgets a person: the key of their personal fields is destroyed, in records, events and what is still to be
   * delivered. Every chain stays valid; the fold of an erased log is the erased record.
   */
  readonly erase: (person: string) => Promise<Result<void>>;
  /** Everything that is kept of a person, record by record. */
  readonly export: (person: string) => AsyncIterable<Holding>;
}

export const peopleOf = <Tx>(house: House<Tx>, tenant: string): PeopleDesk => ({
  erase: (person) =>
    observed(house.observe, "people.erase", tenant, async () => {
      const issues = nameIssues(person, "person");
      if (issues.length > 0) return refuse({ code: "INVALID_INPUT", issues });
      return settled(house, { tenant }, person, (unit) => unit.people.erase(person));
    }),
  export: (person) => observedEach(house.observe, "people.export", tenant, () => holdings(house, tenant, person)),
});

async function* holdings<Tx>(house: House<Tx>, tenant: string, person: string): AsyncGenerator<Holding> {
  if (nameIssues(person, "").length > 0)
    throw new ClienteleError("INVALID_OPTIONS", `the id of a person is needed, found ${preview(person)}`);
  let after: string | undefined;
  do {
    const cursor = after === undefined ? {} : { after };
    const page = await house.store.transaction((unit) => unit.people.streams(person, { limit: 100, ...cursor }), {
      tenant,
    });
    for (const { kind, id } of page.items) {
      const holding = await house.store.transaction(
        async (unit) => {
          const record = await unit.of(kind).get(id);
          return record === undefined ? undefined : { record, events: await wholeTimeline(unit, kind, id) };
        },
        { tenant },
      );
      if (holding !== undefined) yield withheld(house, holding, person);
    }
    after = page.next;
  } while (after !== undefined);
}

/** Whose a field is can only be told by the schema that marks it: what no installed schema describes is withheld. */
function withheld<Tx>(house: House<Tx>, { record, events }: Holding, person: string): Holding {
  const doors = house.rules.doors(record.kind);
  const known = namesOf(house, record.kind);
  const others = (marks: readonly Mark[] | undefined): readonly Path[] =>
    (marks ?? []).filter((mark) => mark.person !== person).map((mark) => mark.path);
  const fields = Object.keys(record).filter((name) => !(headFields as readonly string[]).includes(name));
  return {
    record: covered(record, [
      ...(doors === undefined ? fields.map((name) => [name]) : others(doors.personalInRecord(record))),
      ...Object.keys(record.slots).flatMap((id) => (known.slots.has(id) ? [] : [["slots", id]])),
    ]),
    events: events.map((event) =>
      covered(event, [
        ...(known.events.has(event.type) ? others(doors?.personalInEvent(event, record)) : [["data"]]),
        ...(event.slot && !known.slots.has(event.slot.id) ? [["slot", "data"]] : []),
      ]),
    ),
  };
}

function namesOf<Tx>(house: House<Tx>, kind: string) {
  const tokens = house.rules.tokens.filter((token) => token.of === kind);
  const named = (name: string) => tokens.filter(({ token }) => token === name).map(({ id }) => id);
  const builtIn = tokens.filter((t) => t.token === "kind").flatMap((t) => ownEvents(t as AnyKind).map((e) => e.id));
  return { events: new Set([...builtIn, ...named("event")]), slots: new Set(named("slot")) };
}

type Path = Mark["path"];

/** A copy in which what stands at these places is covered. */
function covered<T>(value: T, paths: readonly Path[]): T {
  if (paths.length === 0) return value;
  const copy = JSON.parse(JSON.stringify(value));
  for (const path of paths) {
    let node = copy;
    for (const step of path.slice(0, -1)) node = node[step];
    if (typeof node === "object" && node !== null) node[path.at(-1)!] = { withheld: true };
  }
  return copy;
}
