import { type DoorSpan, deadlines } from "clientele";
import { expect, it } from "vitest";
import { ann, fridge, stage, start } from "./stage.js";

const drain = async (list: AsyncIterable<unknown>) => {
  for await (const _ of list);
};
const policy = deadlines.version({ id: "d", version: 1, from: start, body: {} });

/** Every door once, all of them in order. */
async function everyDoor(desk: ReturnType<typeof stage>["desk"]) {
  const { id } = await desk.complaints.open({ input: fridge, actor: ann });
  await desk.complaints.execute({ id: id!, command: { type: "acknowledge" }, actor: ann });
  await desk.complaints.get(id!);
  await desk.complaints.find();
  await desk.complaints.timeline(id!);
  await desk.complaints.available(id!, ann);
  await desk.complaints.clocks(id!);
  await drain(desk.complaints.import([]));
  await desk.policies.adopt(policy);
  await desk.policies.inForce("deadlines");
  await desk.people.erase("nobody");
  await drain(desk.people.export("nobody"));
  await desk.reindex();
  await desk.sweep();
  await desk.relay({ consumer: "c", publish: () => undefined });
  await desk.deliveries.backlog("c");
  const event = { consumer: "c", stream: { kind: "complaint", id: id! }, version: 1 };
  await desk.deliveries.skip(event);
  await desk.deliveries.resume(event);
  await desk.deliveries.forget("c");
  await desk.prune();
}

it("a span is told for every door, with its tenant and how it ended", async () => {
  const spans: DoorSpan[] = [];
  const { desk } = stage({ observe: (span) => spans.push(span) });
  await everyDoor(desk);
  const complaint = ["open", "execute", "get", "find", "timeline", "available", "clocks", "import"].map(
    (d) => `complaint.${d}`,
  );
  const own = ["policies.adopt", "policies.inForce", "people.erase", "people.export", "reindex"];
  const deliveries = ["backlog", "skip", "resume", "forget"].map((d) => `deliveries.${d}`);
  const shared = ["sweep", "relay", ...deliveries, "prune"];
  expect(spans.map((s) => s.door)).toEqual([...complaint, ...own, ...shared]);
  expect(spans.map((s) => s.tenant)).toEqual([...[...complaint, ...own].map(() => "main"), ...shared.map(() => "*")]);
  for (const span of spans) {
    expect([span.outcome, "code" in span]).toEqual(["done", false]);
    expect(span.duration).toBeGreaterThanOrEqual(0);
    expect(Math.abs(Date.now() - span.startedAt)).toBeLessThan(600_000);
  }
});

it("a refusal and a failure are told with their codes", async () => {
  const spans: DoorSpan[] = [];
  const { desk } = stage({ observe: (span) => spans.push(span) });
  await desk.tenant("acme").complaints.get("nobody");
  await expect(desk.relay({} as never)).rejects.toBeDefined();
  await expect(drain(desk.complaints.import(5 as never))).rejects.toBeDefined();
  await expect(drain(desk.people.export(5 as never))).rejects.toBeDefined();
  expect(spans).toMatchObject([
    { door: "complaint.get", tenant: "acme", outcome: "refused", code: "NOT_FOUND" },
    { door: "relay", outcome: "failed", code: "INVALID_OPTIONS" },
    { door: "complaint.import", outcome: "failed", code: "INVALID_OPTIONS" },
    { door: "people.export", outcome: "failed", code: "INVALID_OPTIONS" },
  ]);
});

it("an import that nobody reads to its end is told as done", async () => {
  const spans: DoorSpan[] = [];
  const { desk } = stage({ observe: (span) => spans.push(span) });
  const cases = [1, 2].map((n) => ({ id: `i${n}`, at: start, actor: ann, input: fridge }));
  for await (const _ of desk.complaints.import(cases)) break;
  expect(spans).toMatchObject([{ door: "complaint.import", outcome: "done" }]);
});

it("a failure of the store is told and thrown as it is", async () => {
  const spans: DoorSpan[] = [];
  const { store } = stage();
  const broken = { ...store, transaction: () => Promise.reject(new Error("disk full")) };
  const { desk } = stage({ store: broken, observe: (span) => spans.push(span) });
  await expect(desk.complaints.get("a")).rejects.toThrow("disk full");
  expect(spans).toMatchObject([{ outcome: "failed" }]);
  expect("code" in spans[0]!).toBe(false);
});

it("an observer that throws does no harm", async () => {
  const watched = stage({
    observe: () => {
      throw new Error("no disk left for logs");
    },
  });
  const alone = stage();
  await everyDoor(watched.desk);
  await everyDoor(alone.desk);
  expect(watched.store.dump()).toEqual(alone.store.dump());
});
