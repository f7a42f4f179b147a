import { createServiceDesk, type MemoryTransaction, memoryStore, type ServiceDesk, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import { ann, atTheEnd, opened } from "./stage.js";

const writers = 32;
const wanted = 10;

/** Each writer gives commands until ten are acknowledged, or until it has been refused far too often. */
async function write(desks: readonly ServiceDesk<readonly [], MemoryTransaction>[], id: string) {
  const acknowledged: string[] = [];
  const refused = new Array<number>(writers).fill(0);
  await Promise.all(
    Array.from({ length: writers }, async (_, w) => {
      const desk = desks[w % desks.length]!;
      for (let n = 0; n < wanted; ) {
        const text = `${w}/${n}`;
        const done = await desk.complaints.execute({ id, command: { type: "note", input: { text } }, actor: ann });
        if (done.ok) {
          acknowledged.push(text);
          n++;
        } else {
          expect(done.error.code).toBe("CONFLICT");
          if (++refused[w]! > 100) throw new Error(`writer ${w} starves at note ${n}`);
        }
      }
    }),
  );
  return { acknowledged, refused };
}

describe("32 concurrent writers on one record", () => {
  it.each([
    [1, 0],
    [4, 0],
    [32, 0],
    [32, 2],
  ])("on %i desks that share a store (units of %i ms) all get through, and the record shows it", async (n, ms) => {
    const memory = memoryStore();
    const wait = () => new Promise((resolve) => setTimeout(resolve, ms));
    const store = ms === 0 ? memory : atTheEnd(memory, wait);
    const desks = Array.from({ length: n }, () => createServiceDesk({ store }));
    const id = await opened(desks[0]!);
    const { acknowledged, refused } = await write(desks, id);
    expect(acknowledged).toHaveLength(writers * wanted);

    const record = unwrap(await desks[0]!.complaints.get(id));
    expect(record.tally.notes).toBe(writers * wanted);
    expect(record.version).toBe(writers * wanted + 1);
    const { items } = unwrap(await desks[0]!.complaints.timeline(id, { limit: 1000 }));
    const noted = items.flatMap((e) => (e.type === "complaint.noted" ? [e.data.text] : []));
    expect([...noted].sort()).toEqual([...acknowledged].sort());
    expect(items.map((e) => e.version)).toEqual(items.map((_, i) => i + 1));
    // Nobody is sent away: a conflict is survived inside the desk.
    expect(refused.reduce((a, b) => a + b, 0)).toBe(0);
  });
});
