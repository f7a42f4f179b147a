import { createServiceDesk, type Event, memoryStore, unwrap } from "clientele";
import { fixedClock } from "clientele/testing";
import { expect, it } from "vitest";
import { every, relaying, sweeping } from "../../examples/workers/interval.js";
import { ann, busyDesk } from "./given.js";

const rethrow = (error: unknown) => {
  throw error;
};
const soon = () => new Promise((resolve) => setTimeout(resolve, 3));

it("work is never under way twice, however long it takes", async () => {
  const off = new AbortController();
  let underWay = 0;
  let most = 0;
  let runs = 0;
  const work = async () => {
    most = Math.max(most, ++underWay);
    await soon();
    underWay--;
    if (++runs === 20) off.abort();
    return runs % 2 === 0;
  };
  await every(work, { everyMs: 1, signal: off.signal, onError: rethrow });
  expect([runs, most, underWay]).toEqual([20, 1, 0]);
});

it("a run that throws is told of, and the next one comes", async () => {
  const off = new AbortController();
  const told: unknown[] = [];
  let runs = 0;
  const work = async () => {
    if (++runs === 4) off.abort();
    if (runs % 2 === 1) throw `run ${runs}`;
    return false;
  };
  await every(work, { everyMs: 1, signal: off.signal, onError: (error) => told.push(error) });
  expect([runs, told]).toEqual([4, ["run 1", "run 3"]]);
});

it("a long pause ends when the work is called off, and what was called off before never runs", async () => {
  const off = new AbortController();
  let runs = 0;
  const work = async () => {
    runs++;
    setTimeout(() => off.abort(), 1);
    return false;
  };
  const options = { everyMs: 24 * 3_600_000, signal: off.signal, onError: rethrow };
  await every(work, options);
  await every(work, options);
  expect(runs).toBe(1);
});

it("work that has more to do does not wait", async () => {
  const off = new AbortController();
  let runs = 0;
  const work = async () => {
    if (++runs === 5) off.abort();
    return true;
  };
  await every(work, { everyMs: 24 * 3_600_000, signal: off.signal, onError: rethrow });
  expect(runs).toBe(5);
});

it("what is due is swept to its end before there is a pause", async () => {
  const clock = fixedClock("2026-03-02T09:00:00.000Z");
  const desk = createServiceDesk({ store: memoryStore(), clock });
  for (let i = 0; i < 7; i++)
    unwrap(await desk.complaints.open({ input: { customerId: "joy", summary: "Too late" }, actor: ann }));
  clock.advance({ days: 3 });
  const off = new AbortController();
  const sweep = sweeping(desk, 3);
  const more: boolean[] = [];
  const work = async (signal: AbortSignal) => {
    more.push(await sweep(signal));
    if (!more.at(-1)) off.abort();
    return more.at(-1)!;
  };
  await every(work, { everyMs: 24 * 3_600_000, signal: off.signal, onError: rethrow });
  expect(more).toEqual([true, true, false]);
  expect((await desk.sweep()).swept).toBe(0);
});

it("what is there is relayed to its end before there is a pause, and being called off ends it between two events", async () => {
  const { desk } = await busyDesk();
  const off = new AbortController();
  const got: Event[] = [];
  const relay = relaying(desk, {
    consumer: "mail",
    limit: 4,
    publish: (event) => {
      got.push(event);
      if (got.length === 10) off.abort();
    },
  });
  const options = { everyMs: 24 * 3_600_000, signal: off.signal, onError: rethrow };
  await every(relay, options);
  expect(got.length).toBeLessThan(15);
  expect((await desk.deliveries.backlog("mail")).depth).toBe(15 - got.length);
  const on = new AbortController();
  while (await relay(on.signal));
  expect(got).toHaveLength(15);
});
