export { type MemoryStore, memoryStore } from "./store.js";
export type { MemoryTransaction } from "./unit.js";
