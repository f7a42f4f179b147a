import type { Bar } from "./rounds.js";
export const growth = async (): Promise<readonly Bar[]> => [];
