import { expect, it } from "vitest";
import { turns } from "../../src/desk/turns.js";

const tick = () => new Promise<void>((resolve) => setTimeout(() => resolve(), 0));

it("work on one key runs one after the other, in the order it came; other keys do not wait", async () => {
  const turn = turns();
  const told: string[] = [];
  const work = (name: string) => async () => {
    told.push(`${name} begins`);
    await tick();
    told.push(`${name} ends`);
    return name;
  };
  const names = await Promise.all([turn("a", work("a1")), turn("a", work("a2")), turn("b", work("b1"))]);
  expect(names).toEqual(["a1", "a2", "b1"]);
  expect(told.slice(0, 2)).toEqual(["a1 begins", "b1 begins"]);
  expect(told.filter((line) => line.startsWith("a"))).toEqual(["a1 begins", "a1 ends", "a2 begins", "a2 ends"]);
});

it("one that fails fails alone, and the next has its turn", async () => {
  const turn = turns();
  const failing = turn("a", async () => {
    await tick();
    throw new Error("mine");
  });
  const next = turn("a", async () => "fine");
  await expect(failing).rejects.toThrow("mine");
  expect(await next).toBe("fine");
});

it("work that comes while the last is finishing is not lost", async () => {
  const turn = turns();
  const done: number[] = [];
  const again = async (n: number): Promise<void> => {
    await turn("a", async () => void done.push(n));
    if (n < 5) await again(n + 1);
  };
  await again(1);
  expect(done).toEqual([1, 2, 3, 4, 5]);
});
