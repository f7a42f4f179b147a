import { deepStrictEqual } from "node:assert";
import * as z from "zod/mini";
import {
  complaint,
  createServiceDesk,
  createServiceRules,
  type Draft,
  definePlugin,
  deny,
  memoryStore,
  type Plugin,
  unwrap,
} from "../../src/index.js";
import { after, ann, context, daily, decided, mostGrowth } from "./aged.js";
import { type Complaint, life, opened, rules, type Step } from "./life.js";
import { type Bar, compete, median, printTimes, ratio, shown } from "./rounds.js";

function growing(): readonly Bar[] {
  const few = after(10);
  const many = after(10_000);
  const of = (record: Complaint) => () => [
    decided(record, daily[0]!),
    decided(record, daily[2]!),
    decided(record, daily[3]!),
  ];
  const young = `after ${few.version} events`;
  const old = `after ${many.version} events`;
  const times = compete([
    { name: young, run: of(few) },
    { name: old, run: of(many) },
  ]);
  printTimes("three further commands", times);
  console.log(`  ${JSON.stringify(few).length} and ${JSON.stringify(many).length} characters`);
  return [{ what: "a command: after 10,000 / after 10", measured: ratio(times, old, young), atMost: mostGrowth }];
}

/** A plugin of 8 tokens, like those of `test/package/types.ts`. */
function pluginOf(n: number): Plugin {
  const id = `p${n}`;
  const wait = complaint.state(`${id}.wait`, { phase: "paused", deadline: { days: n + 1 }, then: "previous" });
  const waited = complaint.event(`${id}.waited`, { v: 1, data: z.object({ ref: z.string() }) });
  const place = complaint.slot(id, z.object({ ref: z.string() }));
  const pause = complaint.transition(`${id}.pause`, {
    from: { phase: "open" },
    to: wait,
    input: z.object({ ref: z.string() }),
    when: ({ record }) => record.severity === "critical" || deny(`${id}.NO`),
    emits: [waited],
    emit: ({ input }) => waited(input, place(input)),
  });
  const resume = complaint.transition(`${id}.resume`, { from: [wait], to: "previous" });
  const touch = complaint.transition(`${id}.touch`, {
    from: { phase: ["open", "paused"] },
    to: "same",
    emits: [waited],
    emit: () => waited({ ref: "" }),
  });
  const narrowed = complaint.guard(`${id}.guard`, {
    on: pause,
    guard: ({ input }) => input.ref !== "" || deny(`${id}.EMPTY`),
  });
  const permit = complaint.permit(`${id}.permit`, { actors: ["staff"], commands: [pause, resume, touch] });
  const tokens = [wait, waited, place, pause, resume, touch, narrowed, permit];
  return definePlugin({ id: id as string, tokens }) as Plugin;
}

function composing(): void {
  const plugins = Array.from({ length: 25 }, (_, n) => pluginOf(n));
  const times = compete(
    [
      { name: "createServiceRules, core", run: () => createServiceRules() },
      { name: "createServiceRules, 25 plugins", run: () => createServiceRules({ plugins: plugins as never }) },
    ],
    9,
    60,
  );
  printTimes("composing (shown only)", times);
}

const commands = 12 * 200;

/** The same lives through a desk and through a bare map; both answer the last record. */
async function throughDesk(): Promise<Complaint> {
  let step = { context } as Step;
  const desk = createServiceDesk({ store: memoryStore(), clock: () => step.context.now, newId: () => newId });
  let newId = "";
  for (let i = 0; i < commands / life.length; i++) {
    newId = String(i);
    step = { ...life[0]!, context: { ...context, now: opened.openedAt } };
    const { customerId, summary } = opened;
    const { id } = unwrap(
      await desk.complaints.open({ input: { customerId: customerId ?? undefined, summary }, actor: ann }),
    );
    for (step of life) unwrap(await desk.complaints.execute({ id, command: step.command, actor: step.context.actor }));
  }
  return unwrap(await desk.complaints.get(newId));
}

async function throughMap(): Promise<Complaint> {
  const rows = new Map<string, string>();
  const log: string[] = [];
  const { customerId, summary } = opened;
  let id = "";
  const keep = async ({ next, events }: { next: Complaint; events: readonly Draft[] }) => {
    rows.set(next.id, JSON.stringify(next));
    for (const event of events) log.push(JSON.stringify(event));
  };
  for (let i = 0; i < commands / life.length; i++) {
    id = String(i);
    const opening = { ...context, actor: ann, now: opened.openedAt };
    await keep(unwrap(rules.complaints.open({ id, input: { customerId: customerId ?? undefined, summary } }, opening)));
    for (const step of life)
      await keep(unwrap(rules.complaints.decide(JSON.parse(rows.get(id)!), step.command, step.context)));
  }
  return JSON.parse(rows.get(id)!);
}

async function keeping(): Promise<void> {
  deepStrictEqual(await throughDesk(), await throughMap());
  const times = { desk: [] as number[], map: [] as number[] };
  const timed = async (into: number[], work: () => Promise<unknown>) => {
    const from = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(from);
    into.push(((user + system) * 1e3) / commands);
  };
  for (let round = 0; round < 7; round++) {
    await timed(times.desk, throughDesk);
    await timed(times.map, throughMap);
  }
  console.log("\nkeeping (shown only; the desk copies strictly, isolates, indexes, seals, and checks for conflicts)");
  for (const [name, all] of [
    ["desk on memoryStore", times.desk],
    ["bare Map with JSON copies", times.map],
  ] as const)
    console.log(
      `  ${name.padEnd(28)} ${shown(median(all)).padStart(10)} a command, ${Math.round(1e9 / median(all))} a second`,
    );
}

export async function growth(): Promise<readonly Bar[]> {
  const bars = growing();
  composing();
  await keeping();
  return bars;
}
