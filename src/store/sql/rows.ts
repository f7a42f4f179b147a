import type { Box } from "./seal.js";

/** A column of JSON, which some drivers have parsed already. */
export const parsed = (value: unknown): unknown => (typeof value === "string" ? JSON.parse(value) : value);
export const boxesIn = (value: unknown): readonly Box[] => (value === null ? [] : (parsed(value) as readonly Box[]));

/** What a sealed field is bound to. */
export const placeOf = (tenant: string, kind: string, id: string, version: number | null = null): string =>
  JSON.stringify([tenant, kind, id, version]);
