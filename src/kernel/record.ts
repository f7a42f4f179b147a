import type { Instant } from "./instant.js";
import type { Run } from "./run.js";

/** The open state that a pause left, and what had been used up of it by then. */
export interface Back {
  readonly state: string;
  /** Milliseconds already spent in that state. */
  readonly spent: number;
  /** How often its deadline had lapsed. */
  readonly lapses: number;
  /** When it was first entered. */
  readonly since: Instant;
}

/** The record's stay in its present state: what its deadline is counted from. */
export interface Stay {
  readonly enteredAt: Instant;
  /** When this state was first entered, before any pause: the policies of that moment hold for it. */
  readonly since: Instant;
  /** Milliseconds spent in this state before the pause from which it came back. */
  readonly spent: number;
  /** How often the deadline of this state has lapsed. */
  readonly lapses: number;
  /** While paused: where it came from. */
  readonly back: Back | null;
}

/** The parts of a record that every kind has. */
export interface Head<K extends string = string, StateId extends string = string> {
  readonly kind: K;
  /** The revision of the kind's schema that the record is written in. */
  readonly revision: number;
  readonly id: string;
  /** How many events made it. */
  readonly version: number;
  /** The version that the last command made: what a form pins, so that a ticking clock does not break it. */
  readonly commandVersion: number;
  readonly state: StateId;
  readonly stay: Stay;
  readonly openedAt: Instant;
  /** When the last event happened: nothing later is dated earlier, whatever another machine's clock says. */
  readonly touchedAt: Instant;
  /** Its clocks by id, as far as they are known without a target or a calendar; bounded. */
  readonly clocks?: Clocks;
}

/** The present run of each clock of a record that has begun. */
export interface Clocks {
  readonly [clock: string]: Run;
}

/** The names of `Head` and `slots`, which no kind may use for fields of its own. */
export const headFields = [
  "kind",
  "revision",
  "id",
  "version",
  "commandVersion",
  "state",
  "stay",
  "openedAt",
  "touchedAt",
  "slots",
  "clocks",
] as const;

/** Any record, for code that knows no kind by name. */
export type AnyRecord = Head & { readonly slots: Readonly<Record<string, unknown>> };

/** What the author of a token sees: the kind's fields, the states the token starts from, nobody's slots by name. */
export type RecordView<K extends string, F, From extends string> = F &
  Head<K, From> & { readonly slots: Readonly<Record<string, unknown>> };
