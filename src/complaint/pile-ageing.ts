import { type Instant, toInstant } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import { isZone, offsetMs } from "../kernel/zone.js";
import { type CaseFacts, listOf } from "./case.js";
import { wrong } from "./telling.js";

/** Open complaints of one age. */
export interface AgeBand {
  /** Days of the calendar: from this one on, */
  readonly from: number;
  /** and less than this; `null`: however old. */
  readonly to: number | null;
  /** Those that are not closed. */
  readonly open: number;
  /** How many of them wait for somebody else, in a paused state. */
  readonly paused: number;
  /** Of all that are not closed; `null` where there are none. */
  readonly share: number | null;
}

/** How old open complaints are. */
export interface Ageing {
  readonly open: number;
  readonly bands: readonly AgeBand[];
  readonly oldest: { readonly id: string; readonly openedAt: Instant; readonly days: number } | null;
}

export interface AgePart {
  readonly add: (facts: CaseFacts) => void;
  readonly report: () => Ageing;
}

export interface AgeOptions {
  readonly asOf: number;
  readonly zone: string;
  readonly bands: readonly number[];
}

/** Where bands begin, after the first, which begins at 0. */
export function bandsOf(bands: readonly number[] = [7, 14, 30, 60, 90]): readonly number[] {
  const list = listOf("bands", bands, 50);
  list.forEach((days, i) => {
    const least = i === 0 ? 1 : (list[i - 1] as number) + 1;
    if (!Number.isSafeInteger(days) || (days as number) < least || (days as number) > 1_000_000)
      throw wrong(`bands.${i}: whole days from ${least} on are needed, found ${preview(days)}`);
  });
  return list as readonly number[];
}

export function zoneOf(zone = "UTC"): string {
  if (isZone(zone)) return zone;
  throw wrong(`zone: no time zone is called ${preview(zone)}`);
}

export function agePart({ asOf, zone, bands }: AgeOptions): AgePart {
  const dayOf = (ms: number) => Math.floor((ms + offsetMs(zone, ms)) / 86_400_000);
  const starts = [0, ...bands];
  const open = starts.map(() => 0);
  const paused = starts.map(() => 0);
  const today = dayOf(asOf);
  let oldest: { readonly id: string; readonly opened: number; readonly days: number } | null = null;
  return {
    add: ({ id, phase, opened }) => {
      if (phase === "closed") return;
      const days = today - dayOf(opened);
      const band = starts.findLastIndex((from) => days >= from);
      open[band]!++;
      if (phase === "paused") paused[band]!++;
      const isOlder = oldest === null || opened < oldest.opened || (opened === oldest.opened && id < oldest.id);
      if (isOlder) oldest = { id, opened, days };
    },
    report: () => {
      const all = open.reduce((sum, count) => sum + count, 0);
      return {
        open: all,
        bands: starts.map((from, i) => ({
          from,
          to: starts[i + 1] ?? null,
          open: open[i]!,
          paused: paused[i]!,
          share: all === 0 ? null : open[i]! / all,
        })),
        oldest: oldest === null ? null : { id: oldest.id, openedAt: toInstant(oldest.opened), days: oldest.days },
      };
    },
  };
}
