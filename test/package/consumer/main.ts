import {
  createServiceDesk,
  createServiceRules,
  type InferCommand,
  type InferRecord,
  memoryStore,
  unwrap,
} from "clientele";
import { migrations } from "clientele/sql";
import * as testing from "clientele/testing";
import { parts } from "./waiting.js";

// Exported, so that `declaration: true` has to find a public name for everything that is inferred.
export const rules = createServiceRules({ plugins: [parts] });
export type Complaint = InferRecord<typeof rules, "complaint">;
export type Command = InferCommand<typeof rules, "complaint">;
export const desk = createServiceDesk({ rules, store: memoryStore() });
export const command = { type: "parts.wait", input: { part: "belt" } } as const satisfies Command;

const actor = { kind: "staff", id: "anna" } as const;
const { id } = unwrap(await desk.complaints.open({ input: { customerId: "k1", summary: "The belt is torn" }, actor }));
unwrap(await desk.complaints.execute({ id, command, actor }));
const record = unwrap(await desk.complaints.get(id));
const state: Complaint["state"] = record.state;
if (state !== "parts.waiting") throw new Error(`state is ${state}`);
if (record.slots.parts?.part !== "belt") throw new Error("the slot is empty");
if (migrations("postgres").length === 0) throw new Error("clientele/sql has no schema");
if (Object.keys(testing).length === 0) throw new Error("clientele/testing is empty");
