import { createServiceDesk, unwrap } from "clientele";
import { afterAll, describe, expect, it } from "vitest";
import { closePlaces, places } from "./places.js";

afterAll(closePlaces);

const ann = { kind: "staff", id: "ann" } as const;
const writers = 32;
const each = 10;
const all = writers * each;
const input = { customerId: "c-7", summary: "The fridge does not cool" };
const note = (text: string) => ({ type: "note", input: { text } }) as const;

describe.each(places)(`${writers} writers on one record in $name`, ({ make }) => {
  it.each([1, 4, writers])("on %i desks are all acknowledged, and the record is their sum", async (n) => {
    const { store, close } = await make();
    // Desks that wait for nothing from each other but what the store makes them wait for, as processes do.
    const desks = Array.from({ length: n }, () => createServiceDesk({ store }));
    const { id } = unwrap(await desks[0]!.complaints.open({ input, actor: ann }));
    const finished: number[] = [];
    await Promise.all(
      Array.from({ length: writers }, async (_, w) => {
        for (let i = 0; i < each; i++) {
          const done = await desks[w % n]!.complaints.execute({ id, command: note(`${w}/${i}`), actor: ann });
          expect(done.ok, `note ${i} of writer ${w}`).toBe(true);
        }
        finished.push(w);
      }),
    );
    expect([...finished].sort((a, b) => a - b)).toEqual(Array.from({ length: writers }, (_, w) => w));

    const record = unwrap(await desks.at(-1)!.complaints.get(id));
    expect([record.version, record.tally.notes]).toEqual([all + 1, all]);
    const { items } = unwrap(await desks[0]!.complaints.timeline(id, { limit: 1000 }));
    expect(items.map(({ version }) => version)).toEqual(Array.from({ length: all + 1 }, (_, i) => i + 1));
    const noted = items.flatMap((event) => (event.type === "complaint.noted" ? [String(event.data.text)] : []));
    expect(new Set(noted).size).toBe(all);
    // What one writer said one after the other stands one after the other.
    for (let w = 0; w < writers; w++)
      expect(noted.filter((text) => text.startsWith(`${w}/`))).toEqual(
        Array.from({ length: each }, (_, i) => `${w}/${i}`),
      );
    await close();
  });

  it("who send the same command do it once", async () => {
    const { store, close } = await make();
    const desks = Array.from({ length: 4 }, () => createServiceDesk({ store }));
    const { id } = unwrap(await desks[0]!.complaints.open({ input, actor: ann }));
    const request = { id, command: note("once"), actor: ann, commandId: "the only one" };
    const done = await Promise.all(
      Array.from({ length: writers }, (_, w) => desks[w % desks.length]!.complaints.execute(request)),
    );
    expect(done.map((one) => one.ok && one.version)).toEqual(done.map(() => 2));
    expect(done.filter((one) => one.ok && !one.replayed)).toHaveLength(1);
    expect(unwrap(await desks[0]!.complaints.get(id)).tally.notes).toBe(1);
    await close();
  });

  it("who open records of one new person all do, and all of it opens", async () => {
    const { store, close } = await make();
    const desks = Array.from({ length: writers }, () => createServiceDesk({ store }));
    const opened = await Promise.all(
      desks.map((desk, w) =>
        desk.complaints.open({ id: `n${w}`, input: { ...input, summary: `said ${w}` }, actor: ann }),
      ),
    );
    expect(opened.map((one) => (one.ok ? one.id : one.error))).toEqual(desks.map((_, w) => `n${w}`));
    for (const [w, desk] of desks.entries())
      expect(unwrap(await desk.complaints.get(`n${(w + 1) % writers}`)).summary).toBe(`said ${(w + 1) % writers}`);
    await close();
  });
});
