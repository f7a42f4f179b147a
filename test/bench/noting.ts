import { createServiceDesk, toInstant, unwrap } from "../../src/index.js";
import type { Store } from "../../src/ports/store.js";

const ann = { kind: "staff", id: "ann" } as const;

/** A desk on a store with one complaint, to which notes are added, each a command of its own; some have been already. */
export async function noting(store: Store<any>): Promise<() => Promise<unknown>> {
  let ids = 0;
  const clock = () => toInstant(Date.UTC(2026, 2, 2, 12));
  const desk = createServiceDesk({ store, zone: "UTC", clock, newId: () => `c${++ids}` });
  const input = { customerId: "c-7", summary: "The fridge does not cool" };
  const { id } = unwrap(await desk.complaints.open({ input, actor: ann }));
  let n = 0;
  const note = async () =>
    unwrap(
      await desk.complaints.execute({
        ...{ id, actor: ann, commandId: `n${++n}` },
        command: { type: "note", input: { text: "Looked into it." } },
      }),
    );
  for (let i = 0; i < 20; i++) await note();
  return note;
}
