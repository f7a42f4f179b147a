import type { Dice } from "../dice.js";
import type { Start } from "./crew.js";
import type { Journal } from "./ledger.js";
import type { Place } from "./places.js";

/** What a scenario is given. */
export interface Stage {
  readonly place: Place;
  readonly dice: Dice;
  readonly journal: Journal;
  readonly start: Start;
  readonly isShort: boolean;
  /** How often processes are killed; shorter ones take a part of it. */
  readonly kills: number;
  /** How long at most a process lives that is killed, in milliseconds. */
  readonly life: number;
}

/** How it went: what happened, for the reader, and what is broken. */
export interface Report {
  readonly told: string;
  readonly broken: readonly string[];
}

export interface Scenario {
  readonly name: string;
  readonly run: (stage: Stage) => Promise<Report>;
}

/** A day as it stands in most of these stories. */
export const monday = Date.parse("2026-03-02T09:00:00.000Z");
