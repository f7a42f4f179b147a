import { createServiceDesk, type Event, type Instant, memoryStore } from "clientele";
import { type Diary, diary } from "./diary.js";

const rounds = 1000;

/** The shop: a desk in memory, a clock, and whoever listens to what the desk says. */
export function openShop(begin: Instant) {
  const listeners = new Map<string, (event: Event) => void>();
  let minted = 0;
  const entered: Diary = diary(begin, () => relay());
  const desk = createServiceDesk({
    store: memoryStore(),
    clock: entered.now,
    newId: () => `complaint-${String(++minted).padStart(2, "0")}`,
  });
  /** Tells every consumer what it has not heard yet. */
  async function relay(): Promise<void> {
    for (const [consumer, publish] of listeners)
      while ((await desk.relay({ consumer, publish, limit: rounds })).delivered === rounds);
  }
  /** Says what time alone has caused. */
  async function sweep(): Promise<number> {
    for (let all = 0; ; ) {
      const { swept } = await desk.sweep({ limit: rounds });
      all += swept;
      if (swept < rounds) return all;
    }
  }
  const listen = (consumer: string, publish: (event: Event) => void) => void listeners.set(consumer, publish);
  return { desk, diary: entered, sweep, listen };
}
export type Shop = ReturnType<typeof openShop>;
