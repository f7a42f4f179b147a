import type { Event } from "../kernel/event.js";
import type { Mark } from "../kernel/personal.js";
import type { AnyRecord } from "../kernel/record.js";
import { type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import type { House } from "./house.js";

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
  erase: async (person) => {
    if (typeof person !== "string" || person === "")
      return refuse({
        code: "INVALID_INPUT",
        issues: [{ path: "person", code: "custom", message: `an id is needed, found ${preview(person)}` }],
      });
    await house.store.transaction((unit) => unit.people.erase(person), { tenant });
    return { ok: true, value: undefined };
  },
  export: (person) => holdings(house, tenant, person),
});

async function* holdings<Tx>(house: House<Tx>, tenant: string, person: string): AsyncGenerator<Holding> {
  let after: string | undefined;
  do {
    const cursor = after === undefined ? {} : { after };
    const page = await house.store.transaction((unit) => unit.people.streams(person, { limit: 100, ...cursor }), {
      tenant,
    });
    for (const stream of page.items) {
      const holding = await house.store.transaction(
        async (unit) => {
          const record = await unit.of(stream.kind).get(stream.id);
          const events: Event[] = [];
          for (let more = true; more; ) {
            const read = await unit.events.read(stream, { afterVersion: events.length, limit: 500 });
            events.push(...read);
            more = read.length === 500;
          }
          return record === undefined ? undefined : { record, events };
        },
        { tenant },
      );
      if (holding !== undefined) yield withheld(house, holding, person);
    }
    after = page.next;
  } while (after !== undefined);
}

function withheld<Tx>(house: House<Tx>, { record, events }: Holding, person: string): Holding {
  const doors = house.rules.doors(record.kind);
  if (doors === undefined) return { record, events };
  const others = (marks: readonly Mark[]) => marks.filter((mark) => mark.person !== person);
  return {
    record: covered(record, others(doors.personalInRecord(record))),
    events: events.map((event) => covered(event, others(doors.personalInEvent(event, record)))),
  };
}

/** A copy in which what stands at these places is covered. */
function covered<T>(value: T, marks: readonly Mark[]): T {
  if (marks.length === 0) return value;
  const copy = JSON.parse(JSON.stringify(value));
  for (const { path } of marks) {
    let node = copy;
    for (const step of path.slice(0, -1)) node = node[step];
    node[path.at(-1)!] = { withheld: true };
  }
  return copy;
}
